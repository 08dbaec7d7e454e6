import type { Kysely, Transaction } from 'kysely';
import { serialiseRem, type Rem } from '#dsr/rem/index.ts';
import { campaignId } from './campaign-id.ts';
import type { Schema } from './schema.ts';

/**
 * Campaigns of a product version that follow a REM today, whatever they began with: an adopted REM is looked for by its
 * hash, not by the id of the campaign. The last one worked on comes first.
 */
export async function campaignsFollowing(
  db: Kysely<Schema>,
  product: { readonly name: string; readonly version: string },
  rem: Pick<Rem, 'category' | 'wave' | 'sha256'>,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('campaign')
    .select('id')
    .where('product', '=', product.name)
    .where('version', '=', product.version)
    .where('category', '=', rem.category)
    .where('wave', '=', rem.wave)
    .where('rem_sha256', '=', rem.sha256)
    .orderBy('updated_at', 'desc')
    .execute();
  return rows.map((row) => row.id);
}

/** An id for a new campaign; the usual one may belong to a campaign that adopted another REM since. */
export async function freeCampaignId(
  db: Kysely<Schema>,
  product: { readonly name: string; readonly version: string },
  rem: Rem,
): Promise<string> {
  for (let rank = 0; ; rank += 1) {
    const id = campaignId(product, rem, rank);
    const taken = await db.selectFrom('campaign').select('id').where('id', '=', id).executeTakeFirst();
    if (taken === undefined) return id;
  }
}

/** Keeps a REM whole beside the campaigns that follow it. */
export async function keepRem(db: Transaction<Schema>, rem: Rem): Promise<void> {
  await db
    .insertInto('rem')
    .values({ sha256: rem.sha256, json: serialiseRem(rem) })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
}
