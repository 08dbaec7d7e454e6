import type { Exchange } from '#formats/exchange/index.ts';

const NO_BYTES = new Uint8Array();

/** The same exchange, what was carried taken out: headers, names and outcome stay. */
export function withoutBodies(exchange: Exchange): Exchange {
  switch (exchange.protocol) {
    case 'http': {
      const { request, response } = exchange;
      const answered = response === undefined ? {} : { response: { ...response, body: NO_BYTES } };
      return { ...exchange, request: { ...request, body: NO_BYTES }, ...answered };
    }
    case 'smtp':
      return { ...exchange, source: NO_BYTES };
    case 'imap':
    case 'mllp':
      return { ...exchange, received: NO_BYTES, sent: NO_BYTES };
    case 'tls':
      return exchange;
  }
}
