import { createHash } from 'node:crypto';
import type { Rem } from '#dsr/rem/index.ts';

/**
 * A campaign is one product version against one REM: another version, or another wording, starts again from empty
 * slots, since a piece only speaks for the version that it was made with (DESIGN §4.5). The id is that of the REM which
 * the campaign began with: it stays when the campaign adopts another one.
 *
 * @param rank above 0 when a campaign that began with this REM has adopted another one since
 */
export function campaignId(
  product: { readonly name: string; readonly version: string },
  rem: Pick<Rem, 'category' | 'wave' | 'sha256'>,
  rank = 0,
): string {
  const parts = [product.name, product.version, rem.category, rem.wave, rem.sha256];
  return createHash('sha256')
    .update(JSON.stringify(rank === 0 ? parts : [...parts, rank]))
    .digest('hex')
    .slice(0, 16);
}
