import type { RawHeader } from '#formats/exchange/index.ts';
import { readContentType } from '#formats/mime/index.ts';
import { SAML2 } from '#formats/saml/index.ts';
import { readSoap, type SoapEnvelope, WSSE } from '#formats/soap/index.ts';
import { attribute, at, child, children, type XmlElement } from '#formats/xml/index.ts';
import { because, type InsiFault, versionFault } from './faults.ts';
import type { InsiOperation } from './operations.ts';
import type { InsiSettings } from './settings.ts';
import { CONTEXTE_BAM, CONTEXTE_LPS } from './vocabulary.ts';

export interface InsiRequest {
  readonly operation: InsiOperation;
  readonly messageId: string | undefined;
  /** CNDA authorisation number of the product. */
  readonly idam: string;
  /** `saml2:Assertion` elements of wsse:Security, in order, not judged yet. */
  readonly assertions: readonly XmlElement[];
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
/** The largest bulk verification stays far below; whatever is above is not kept nor parsed. */
export const MAX_REQUEST_BYTES = 2 * 1024 * 1024;
const LIMITS = { maxBytes: MAX_REQUEST_BYTES, maxDepth: 100 };
/** Children of Body, Header and Security that an honest message may have. */
const MAX_BLOCKS = 50;

/**
 * Reads a request as the real front end does: media type, SOAP 1.2, action and body that agree, the two context blocks,
 * a known product. What the schema leaves free stays free here: the checks judge it.
 *
 * @param headers request headers in wire order
 * @param body raw body
 * @returns the request, or the fault to answer; never throws, whatever the bytes
 * Source: protocols.md §1.1, §1.3, §1.5.
 */
export function readInsiRequest(
  headers: readonly RawHeader[],
  body: Uint8Array,
  settings: InsiSettings,
): InsiRequestReading {
  const mediaType = readContentType(headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '')?.type;
  const reading = readSoap(body, LIMITS);
  if (reading.ok && reading.envelope.version !== '1.2') {
    const { version } = reading.envelope;
    return { ok: false, fault: versionFault(version), reason: `enveloppe SOAP ${version} au lieu de 1.2` };
  }
  if (settings.profile.requireSoapMediaType && mediaType !== 'application/soap+xml') {
    return { ok: false, reason: `type de contenu ${mediaType ?? 'absent'} au lieu de application/soap+xml` };
  }
  if (!reading.ok) return malformed(settings, `message illisible : ${reading.fault.message}`);
  return readEnvelope(reading.envelope, settings);
}

function readEnvelope(envelope: SoapEnvelope, settings: InsiSettings): InsiRequestReading {
  const { messageId, action } = envelope.addressing;
  const operation = settings.vocabulary.operations.find((known) => known.action === action?.trim());
  const context = { ...(operation && { operation }), ...(messageId !== undefined && { messageId }) };
  const refuse = (reason: string): InsiRequestReading => ({ ...malformed(settings, reason), ...context });
  if (!operation) return refuse(action?.trim() ? `wsa:Action ${short(action)} inconnue` : 'wsa:Action absente');
  const { payload, header } = envelope;
  if (payload?.name.local !== operation.element || payload.name.namespace !== operation.namespace) {
    const received = payload ? `${short(payload.name.local)} (${short(payload.name.namespace)})` : 'vide';
    return refuse(`corps ${received} au lieu de ${operation.element} (${operation.namespace})`);
  }
  if (!header || header.children.length > 2 * MAX_BLOCKS || elementsOf(envelope.body) > 1) {
    return refuse('un seul élément est attendu dans Body, et un Header de quelques blocs');
  }
  const bam = child(header, 'ContexteBAM', CONTEXTE_BAM);
  if (!bam || attribute(bam, 'Version') === undefined) {
    return refuse(bam ? 'ContexteBAM sans Version' : 'bloc ContexteBAM absent');
  }
  const lps = child(header, 'ContexteLPS', CONTEXTE_LPS);
  if (!lps) return refuse('bloc ContexteLPS absent');
  const securities = children(header, 'Security', WSSE);
  const assertions = securities.flatMap((security) => children(security, 'Assertion', SAML2));
  if (securities.length > 1 || assertions.length > 2) {
    return refuse('un bloc wsse:Security et deux assertions au plus sont attendus');
  }
  const idam = at(lps, 'LPS', 'IDAM')?.text.trim() ?? '';
  if (!IDAM_SHAPE.test(idam) || settings.idams?.includes(idam) === false) {
    const reason = idam === '' ? 'IDAM absent ou vide (ContexteLPS, LPS/IDAM)' : `IDAM « ${short(idam)} » inconnu`;
    return { ok: false, fault: settings.faults.desir_550, reason, ...context };
  }
  return { ok: true, request: { operation, messageId, idam, assertions, payload } };
}

function elementsOf(parent: XmlElement): number {
  return parent.children.filter(({ kind }) => kind === 'element').length;
}

/** What comes from the message is quoted shortly: it is shown in the journal and sent back. */
function short(text: string | undefined): string {
  return (text ?? '').slice(0, 120);
}

function malformed(settings: InsiSettings, reason: string): { ok: false; fault: InsiFault; reason: string } {
  return { ok: false, fault: because(settings.faults['requete-invalide'], reason), reason };
}
