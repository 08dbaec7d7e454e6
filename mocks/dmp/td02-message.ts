import { attribute, at, children, type XmlElement } from '#formats/xml/index.ts';

export interface ExistenceRequest {
  readonly id: { readonly root: string; readonly extension: string };
  readonly queryId: { readonly root: string; readonly extension: string };
  readonly sender: { readonly root: string; readonly software: string };
  /** `TEST_EXST` or `CNSLT_DATA`. */
  readonly reason: string;
  readonly ins: string;
  readonly oid: string;
}

export type ExistenceReading =
  | { readonly ok: true; readonly request: ExistenceRequest }
  | { readonly ok: false; readonly reason: string };

/** Reasons that this message carries: existence test, or reading of administrative data (TD1.3a). */
const REASONS: ReadonlySet<string> = new Set(['TEST_EXST', 'CNSLT_DATA']);

/**
 * Reads `PRPA_IN201307UV02`.
 * @returns the query, or a French reason when a part the answer depends on is missing
 * Source: protocols.md §2.3.
 */
export function readExistenceRequest(message: XmlElement): ExistenceReading {
  const query = at(message, 'controlActProcess', 'queryByParameter');
  const identifiers = children(at(query ?? message, 'parameterList') ?? message, 'patientIdentifier');
  const value = identifiers[0] && at(identifiers[0], 'value');
  const reason = attributeOf(at(message, 'controlActProcess', 'reasonCode'), 'code');
  if (!query || !value) return { ok: false, reason: 'patientIdentifier absent de la requête' };
  if (!REASONS.has(reason)) return { ok: false, reason: `reasonCode « ${reason} » inconnu` };
  const device = at(message, 'sender', 'device');
  return {
    ok: true,
    request: {
      id: idOf(at(message, 'id')),
      queryId: idOf(at(query, 'queryId')),
      sender: {
        root: attributeOf(device && at(device, 'id'), 'root'),
        software: (device && at(device, 'softwareName'))?.text.trim() ?? '',
      },
      reason,
      ins: attributeOf(value, 'extension'),
      oid: attributeOf(value, 'root'),
    },
  };
}

function idOf(element: XmlElement | undefined): { root: string; extension: string } {
  return { root: attributeOf(element, 'root'), extension: attributeOf(element, 'extension') };
}

function attributeOf(element: XmlElement | undefined, name: string): string {
  return (element && attribute(element, name))?.trim() ?? '';
}
