import { attribute, at, children, type XmlElement } from '#formats/xml/index.ts';
import { OIDS } from './vocabulary.ts';

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
 * @returns the query, or a French reason when a part that the schema asks for, or that the answer depends on, is missing
 * Source: protocols.md §2.3.
 */
export function readExistenceRequest(message: XmlElement): ExistenceReading {
  const query = at(message, 'controlActProcess', 'queryByParameter');
  const identifiers = children(at(query ?? message, 'parameterList') ?? message, 'patientIdentifier');
  const value = identifiers[0] && at(identifiers[0], 'value');
  const reason = attributeOf(at(message, 'controlActProcess', 'reasonCode'), 'code');
  const header = headerReason(message);
  if (header !== undefined) return { ok: false, reason: header };
  if (!query || !value) return { ok: false, reason: 'patientIdentifier absent de la requête' };
  if (identifiers.length > 1) return { ok: false, reason: 'plusieurs patientIdentifier dans la requête' };
  if (!REASONS.has(reason)) return { ok: false, reason: `reasonCode « ${reason} » inconnu` };
  if (idOf(at(query, 'queryId')).root === '') return { ok: false, reason: 'queryId absent de la requête' };
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

/** Parts of the HL7 v3 wrapper that the schema makes mandatory. */
export function headerReason(message: XmlElement): string | undefined {
  if (attributeOf(at(message, 'id'), 'root') === '') return 'id du message absent';
  if (!/^\d{14}/.test(attributeOf(at(message, 'creationTime'), 'value'))) return 'creationTime absent ou mal écrit';
  const interaction = attributeOf(at(message, 'interactionId'), 'extension');
  if (interaction !== message.name.local)
    return `interactionId « ${interaction.slice(0, 60)} » au lieu de ${message.name.local}`;
  if (attributeOf(at(message, 'receiver', 'device', 'id'), 'root') !== OIDS.device) return "receiver n'est pas le DMP";
  if (attributeOf(at(message, 'sender', 'device', 'id'), 'root') === '') return 'sender absent';
  return undefined;
}

const EXPECTED: readonly (readonly [name: string, code: string])[] = [
  ['processingCode', 'D'],
  ['processingModeCode', 'T'],
  ['acceptAckCode', 'AL'],
];

/** What is read all the same and is not as the guide writes it. French sentences. */
export function headerWarnings(message: XmlElement): string[] {
  return EXPECTED.flatMap(([name, code]) => {
    const found = attributeOf(at(message, name), 'code');
    return found === code ? [] : [`${name} « ${found.slice(0, 20)} » au lieu de ${code}`];
  });
}

export function idOf(element: XmlElement | undefined): { root: string; extension: string } {
  return { root: attributeOf(element, 'root'), extension: attributeOf(element, 'extension') };
}

export function attributeOf(element: XmlElement | undefined, name: string): string {
  return (element && attribute(element, name))?.trim() ?? '';
}
