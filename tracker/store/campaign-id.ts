import { createHash } from 'node:crypto';
import type { Rem } from '#dsr/rem/index.ts';

/**
 * A campaign is one product version against one REM: another version, or another wording, starts again from empty
 * slots, since a piece only speaks for the version that it was made with (DESIGN §4.5).
 */
export function campaignId(product: { readonly name: string; readonly version: string }, rem: Rem): string {
  return createHash('sha256')
    .update(JSON.stringify([product.name, product.version, rem.category, rem.wave, rem.sha256]))
    .digest('hex')
    .slice(0, 16);
}
