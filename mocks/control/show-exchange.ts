import type { Exchange } from '#formats/exchange/index.ts';
import { makeMask } from './mask.ts';
import { withoutBodies } from './without-bodies.ts';

/** The JSON form of an exchange, as `GET /journal?bodies=false` shows it: what was carried left out, what opens something masked. */
export function showExchange(exchange: Exchange): Readonly<Record<string, unknown>> {
  return makeMask()(withoutBodies(exchange));
}
