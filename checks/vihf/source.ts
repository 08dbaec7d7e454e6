import type { HttpExchange } from '#formats/exchange/index.ts';
import { readMtom, type MimeFault } from '#formats/mime/index.ts';
import { isBenchLimit } from '../report/index.ts';

/** First value of a request header; empty string when absent. */
export function requestHeader(exchange: HttpExchange, name: string): string {
  return exchange.request.headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
}

/** The bound of ours that the package of a request passes; undefined when it can be read, or is wrong otherwise. */
export function packageLimit(exchange: HttpExchange): MimeFault | undefined {
  const mtom = readMtom(requestHeader(exchange, 'content-type'), exchange.request.body);
  return !mtom.ok && isBenchLimit(mtom.fault) ? mtom.fault : undefined;
}

/** The SOAP envelope of a request: the root part of an MTOM package, the body otherwise. */
export function envelopeOf(exchange: HttpExchange): Uint8Array {
  const mtom = readMtom(requestHeader(exchange, 'content-type'), exchange.request.body);
  return mtom.ok ? mtom.root.content : exchange.request.body;
}
