import { type MtomReading, readMtom } from '#formats/mime/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import { at, attribute, descendants, type XmlElement } from '#formats/xml/index.ts';
import type { TestAnswer } from '../../insi/testing.ts';
import { RS } from '../vocabulary.ts';

/** An answer of the DMP, read; every one of them must be well-formed. */
export interface DmpAnswer {
  readonly http: TestAnswer;
  readonly envelope: SoapEnvelope;
  readonly payload: XmlElement;
  readonly mtom: Extract<MtomReading, { readonly ok: true }> | undefined;
}

/** @throws when the answer is not an envelope, plain or in a multipart */
export function readAnswer(http: TestAnswer): DmpAnswer {
  const multipart = http.contentType.startsWith('multipart/related');
  const mtom = multipart ? readMtom(http.contentType, new Uint8Array(http.body)) : undefined;
  if (mtom && !mtom.ok) throw new Error(mtom.fault.message);
  const reading = readSoap(mtom ? mtom.root.content : new Uint8Array(http.body));
  if (!reading.ok) throw new Error(`${http.status} ${reading.fault.message} ${http.body.toString().slice(0, 300)}`);
  const { payload } = reading.envelope;
  if (!payload) throw new Error('empty body');
  return { http, envelope: reading.envelope, payload, mtom };
}

/** Fault of an answer, prefixes removed. */
export function faultOf({ http, payload }: DmpAnswer): {
  status: number;
  code: string;
  subcode: string;
  reason: string;
} {
  const value = (...path: string[]): string => at(payload, ...path)?.text.trim() ?? '';
  return {
    status: http.status,
    code: value('Code', 'Value').replace(/^.*:/, ''),
    subcode: value('Code', 'Subcode', 'Value').replace(/^.*:/, ''),
    reason: value('Reason', 'Text'),
  };
}

export interface RegistryAnswer {
  /** Last part of the status URN. */
  readonly status: string;
  readonly errors: readonly { readonly code: string; readonly context: string; readonly location: string }[];
}

/** Status and errors of a registry response, wherever it is in the body. */
export function registryOf({ payload }: DmpAnswer): RegistryAnswer {
  const response =
    payload.name.local === 'RegistryResponse' || payload.name.local === 'AdhocQueryResponse'
      ? payload
      : descendants(payload, 'RegistryResponse', RS)[0];
  const status = (response && attribute(response, 'status')) ?? '';
  return {
    status: status.replace(/^.*:/, ''),
    errors: descendants(payload, 'RegistryError', RS).map((error) => ({
      code: attribute(error, 'errorCode') ?? '',
      context: attribute(error, 'codeContext') ?? '',
      location: attribute(error, 'location') ?? '',
    })),
  };
}
