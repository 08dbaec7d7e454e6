import type { RawHeader } from '#formats/exchange/index.ts';
import { readContentType } from '#formats/mime/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import { attribute, at, child, type XmlElement } from '#formats/xml/index.ts';
import { type InsiFault, knownFault, malformedFault, versionFault } from './faults.ts';
import type { InsiSettings } from './settings.ts';
import { CONTEXTE_BAM, CONTEXTE_LPS, type InsiOperation, OPERATIONS } from './vocabulary.ts';

export interface InsiRequest {
  readonly operation: InsiOperation;
  readonly messageId: string | undefined;
  /** CNDA authorisation number of the product. */
  readonly idam: string;
  /** First child of the SOAP body. */
  readonly payload: XmlElement;
}

export type InsiRequestReading =
  | { readonly ok: true; readonly request: InsiRequest }
  | {
      readonly ok: false;
      readonly operation?: InsiOperation;
      readonly messageId?: string;
      /** Absent: the media type itself is refused, before SOAP (HTTP 415). */
      readonly fault?: InsiFault;
      /** French sentence for the journal. */
      readonly reason: string;
    };

/** Characters of an authorisation number; its exact shape is not public, so only oddities are refused. */
const IDAM_SHAPE = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Reads a request of either search as the real front end does: media type, SOAP 1.2, action and body that agree, the
 * two context blocks, a known product. What the schema leaves free stays free here: the checks judge it.
 *
 * @param headers request headers in wire order
 * @param body raw body
 * @returns the request, or the fault to answer
 * Source: protocols.md §1.1, §1.3, §1.5.
 */
export function readInsiRequest(
  headers: readonly RawHeader[],
  body: Uint8Array,
  settings: InsiSettings,
): InsiRequestReading {
  const mediaType = readContentType(headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '')?.type;
  if (settings.profile.requireSoapMediaType && mediaType !== 'application/soap+xml') {
    return { ok: false, reason: `type de contenu ${mediaType ?? 'absent'} au lieu de application/soap+xml` };
  }
  const reading = readSoap(body);
  if (!reading.ok) return malformed(settings, `message illisible : ${reading.fault.message}`);
  const { envelope } = reading;
  if (envelope.version !== '1.2') {
    const reason = `enveloppe SOAP ${envelope.version} au lieu de 1.2`;
    return { ok: false, fault: versionFault(`Version SOAP non reconnue : ${envelope.version}.`), reason };
  }
  return readEnvelope(envelope, settings);
}

function readEnvelope(envelope: SoapEnvelope, settings: InsiSettings): InsiRequestReading {
  const { messageId, action } = envelope.addressing;
  const operation = OPERATIONS.find((known) => known.action === action?.trim());
  const context = { ...(operation && { operation }), ...(messageId !== undefined && { messageId }) };
  if (!operation) return { ...malformed(settings, `wsa:Action ${action ?? 'absente'} inconnue`), ...context };
  const { payload, header } = envelope;
  if (payload?.name.local !== operation.element || payload.name.namespace !== operation.namespace) {
    const received = payload ? `${payload.name.local} (${payload.name.namespace})` : 'vide';
    const reason = `corps ${received} au lieu de ${operation.element} (${operation.namespace})`;
    return { ...malformed(settings, reason), ...context };
  }
  const bam = header && child(header, 'ContexteBAM', CONTEXTE_BAM);
  if (!bam || attribute(bam, 'Version') === undefined) {
    return { ...malformed(settings, bam ? 'ContexteBAM sans Version' : 'bloc ContexteBAM absent'), ...context };
  }
  const lps = header && child(header, 'ContexteLPS', CONTEXTE_LPS);
  if (!lps) return { ...malformed(settings, 'bloc ContexteLPS absent'), ...context };
  const idam = at(lps, 'LPS', 'IDAM')?.text.trim() ?? '';
  if (!IDAM_SHAPE.test(idam) || settings.idams?.includes(idam) === false) {
    return { ok: false, fault: knownFault('desir_550'), reason: `IDAM « ${idam} » inconnu`, ...context };
  }
  return { ok: true, request: { operation, messageId, idam, payload } };
}

function malformed(settings: InsiSettings, reason: string): { ok: false; fault: InsiFault; reason: string } {
  const { malformedSubcode, malformedCode } = settings.profile;
  return {
    ok: false,
    fault: malformedFault(malformedSubcode, malformedCode, `Requête invalide : ${reason.replace(/\.$/, '')}.`),
    reason,
  };
}
