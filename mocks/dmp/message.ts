import { type MtomReading, readContentType, readMtom } from '#formats/mime/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import type { ExchangeInProgress } from '../network/types.ts';
import limits from './limits.json' with { type: 'json' };
import type { DmpSettings } from './settings.ts';
import type { DmpFault } from './types.ts';

/** MTOM package around an envelope. */
export type MtomPackage = Extract<MtomReading, { readonly ok: true }>;

export interface DmpMessage {
  readonly envelope: SoapEnvelope;
  /** The XML of the envelope exactly as received: the root part of an MTOM package, or the whole body. */
  readonly xml: Uint8Array;
  /** Absent for a plain SOAP message. */
  readonly mtom?: MtomPackage;
  /** French; what was read and should not be sent so. */
  readonly warnings: readonly string[];
}

/** Media types of a bare message: that of SOAP 1.2, and those under which it is often sent by mistake. */
const XML_TYPES: ReadonlyMap<string, 'right' | 'noted'> = new Map([
  ['application/soap+xml', 'right'],
  ['text/xml', 'noted'],
  ['application/xml', 'noted'],
] as const);

export type DmpMessageReading =
  | { readonly ok: true; readonly message: DmpMessage }
  | { readonly ok: false; readonly fault: DmpFault };

/**
 * Reads the envelope of a call, plain or inside an MTOM package.
 * Source: protocols.md §2.1 and §2.5 (a SOAP 1.1 envelope inside an `application/soap+xml` root is a mistake of the
 * published sample: the profile says whether it is refused).
 */
export function readMessage(exchange: ExchangeInProgress, settings: DmpSettings): DmpMessageReading {
  const header = exchange.rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const malformed = (text: string): DmpMessageReading => ({
    ok: false,
    fault: { side: 'Sender', subcode: settings.profile.subcodes.malformed, text },
  });
  let xml = exchange.rawBody;
  let mtom: MtomPackage | undefined;
  const type = readContentType(header)?.type ?? '';
  const media = XML_TYPES.get(type);
  if (type === 'multipart/related') {
    const reading = readMtom(header, exchange.rawBody, {
      maxParts: limits.parts,
      maxHeaderBytes: limits.partHeaderBytes,
    });
    if (!reading.ok) return malformed(`Message MTOM illisible : ${reading.fault.message}`);
    mtom = reading;
    xml = reading.root.content;
  } else if (media === undefined) {
    return malformed(`Content-Type « ${header.slice(0, 100)} » : application/soap+xml est attendu`);
  }
  const reading = readSoap(xml, {
    maxDepth: limits.envelopeDepth,
    ...(mtom === undefined ? {} : { maxBytes: limits.envelopeBytes }),
  });
  if (!reading.ok) return malformed(`Message SOAP illisible : ${reading.fault.message}`);
  const { envelope } = reading;
  if (envelope.version === '1.1' && settings.profile.soap11 !== 'accepted') {
    return { ok: false, fault: { side: 'VersionMismatch', text: 'Enveloppe SOAP 1.1 : le DMP attend SOAP 1.2.' } };
  }
  const warnings =
    media === 'noted' && envelope.version === '1.2'
      ? [`Content-Type ${type} : application/soap+xml est attendu pour SOAP 1.2`]
      : [];
  return { ok: true, message: mtom ? { envelope, xml, mtom, warnings } : { envelope, xml, warnings } };
}
