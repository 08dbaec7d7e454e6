import type { HttpExchange, TlsPeer } from '#formats/exchange/index.ts';
import { readContentType, readMtom, type MimeFault } from '#formats/mime/index.ts';
import { readSoap, type SoapEnvelope, type SoapReading } from '#formats/soap/index.ts';
import { isBenchLimit } from '../report/index.ts';
import { requestHeader } from '../vihf/index.ts';
import data from './transactions.json' with { type: 'json' };

export type DmpTransactionName =
  | 'TD0.2'
  | 'TD0.3'
  | 'TD0.4'
  | 'TD0.5'
  | 'TD1.6'
  | 'TD2.1'
  | 'TD3.1'
  | 'TD3.2'
  | 'TD3.3';

export interface DmpTransaction {
  readonly name: DmpTransactionName;
  /** Last segment of the path. */
  readonly path: string;
  readonly action: string;
  /** Local name and namespace of the element of the Body. */
  readonly body: string;
  readonly namespace: string;
}

/** The calls that the DMP serves. Source: protocols.md §2.1 and §2.2. */
export const TRANSACTIONS = data.transactions as readonly DmpTransaction[];

/** What is known of a call to the DMP, whatever was answered. */
export interface DmpRequest {
  /** Path or URL, when known. */
  readonly url?: string;
  /** Value of the HTTP Content-Type header; undefined when the headers are not known. */
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
  /** Instant of arrival; absent, freshness is not judged. */
  readonly at?: Date;
  readonly tls?: TlsPeer;
}

/** A call as the journal recorded it. */
export function dmpRequestOf(source: DmpRequest | HttpExchange): DmpRequest {
  if (!('protocol' in source)) return source;
  const { tls } = source.peer;
  return {
    url: source.request.url,
    contentType: requestHeader(source, 'content-type'),
    body: source.request.body,
    at: new Date(source.startedAt),
    ...(tls === undefined ? {} : { tls }),
  };
}

/** Bytes of the envelope: the root part of an MTOM package, the body otherwise. */
export function envelopeBytes({ contentType, body }: DmpRequest): Uint8Array {
  const mtom = contentType === undefined ? undefined : readMtom(contentType, body);
  return mtom?.ok === true ? mtom.root.content : body;
}

/** The envelope of a call, or why it cannot be read: a package beyond our bounds is told as such. */
export function readEnvelope(request: DmpRequest): SoapReading | { readonly ok: false; readonly fault: MimeFault } {
  const mtom = request.contentType === undefined ? undefined : readMtom(request.contentType, request.body);
  if (mtom?.ok === false && isBenchLimit(mtom.fault)) return mtom;
  return readSoap(mtom?.ok === true ? mtom.root.content : request.body);
}

/** How much of a message that cannot be read is looked at. */
const GLANCE = 1024 * 1024;

/**
 * Which transaction a call meant to be, by the first of: its Body, its wsa:Action, the action of its Content-Type, the
 * words of a message that cannot be read, its path. Undefined when nothing tells.
 */
export function transactionOf(source: DmpRequest | HttpExchange): DmpTransaction | undefined {
  const request = dmpRequestOf(source);
  const bytes = envelopeBytes(request);
  const reading = readSoap(bytes);
  const read = reading.ok ? byEnvelope(reading.envelope) : undefined;
  if (read !== undefined) return read;
  const announced = readContentType(request.contentType ?? '')?.parameters['action'];
  const byAction = TRANSACTIONS.find(({ action }) => action === announced);
  if (byAction !== undefined) return byAction;
  if (!reading.ok) {
    const text = Buffer.from(bytes.subarray(0, GLANCE)).toString('latin1');
    const named = TRANSACTIONS.find(({ body }) => new RegExp(`<(?:[\\w.-]+:)?${body}[\\s/>]`).test(text));
    if (named !== undefined) return named;
  }
  // Two paths serve several transactions: there, the one that a laboratory calls by far the most.
  const path = /\/([A-Za-z]+)\/?(?:[?#].*)?$/.exec(request.url ?? '')?.[1];
  const multipart = request.contentType?.startsWith('multipart/') === true;
  const usual = { patients: 'TD0.2', repository: multipart ? 'TD2.1' : 'TD3.2', registry: 'TD3.1' }[path ?? ''];
  return TRANSACTIONS.find(({ name }) => name === (usual ?? (multipart ? 'TD2.1' : undefined)));
}

function byEnvelope({ payload, addressing }: SoapEnvelope): DmpTransaction | undefined {
  return (
    TRANSACTIONS.find(({ body, namespace }) => payload?.name.local === body && payload.name.namespace === namespace) ??
    TRANSACTIONS.find(({ body }) => payload?.name.local === body) ??
    TRANSACTIONS.find(({ action }) => addressing.action === action)
  );
}
