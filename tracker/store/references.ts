import type { Kysely } from 'kysely';
import type { ExternalReferenceKind } from '../domain/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { TrackerStoreError } from './errors.ts';
import type { Schema } from './schema.ts';

/** What an official tool gave for a slot, and who entered it. */
export interface StoredReference {
  readonly id: number;
  readonly kind: ExternalReferenceKind;
  readonly value: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** References of a slot, the last one first. */
export async function references(
  db: Kysely<Schema>,
  campaign: string,
  slot: string,
): Promise<readonly StoredReference[]> {
  const rows = await db
    .selectFrom('slot_reference')
    .select(['id', 'kind', 'value', 'author', 'at'])
    .where('campaign', '=', campaign)
    .where('slot', '=', slot)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as ExternalReferenceKind }));
}

/**
 * Whether, in a campaign, whoever filed a piece may validate it.
 *
 * @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN`
 */
export function setFourEyes(db: Kysely<Schema>, campaign: string, on: boolean, author: Author): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('campaign').select('four_eyes').where('id', '=', campaign).executeTakeFirst();
    if (row === undefined) {
      throw new TrackerStoreError(
        'CAMPAIGN_UNKNOWN',
        `Aucune campagne ne porte l'identifiant ${campaign}.`,
        'Choisissez-la dans la liste des campagnes.',
      );
    }
    await trx
      .updateTable('campaign')
      .set({ four_eyes: on ? 1 : 0 })
      .where('id', '=', campaign)
      .execute();
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'relecture par une autre personne',
        subject: campaign,
        campaign,
        detail: on ? 'demandée' : 'non demandée',
        before: JSON.stringify(row.four_eyes === 1),
        after: JSON.stringify(on),
      },
    ]);
  });
}
