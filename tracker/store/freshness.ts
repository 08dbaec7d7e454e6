import type { Kysely, Transaction } from 'kysely';
import type { CivilDate } from '#dsr/dates/index.ts';
import { referenceLabels } from '#dsr/references/index.ts';
import { slotsOf, type Rem } from '#dsr/rem/index.ts';
import type { Piece } from '#evidence/index.ts';
import { AGEING, stalenessOf, type SlotContent } from '../domain/index.ts';
import type { SlotState, SlotStatus } from '../types.ts';
import { appendAudit, type AuditLine } from './audit.ts';
import type { Author } from './author.ts';
import { filingOf, type EvidenceRecord } from './evidence-read.ts';
import { campaignOf } from './read.ts';
import type { Schema } from './schema.ts';

/**
 * Marks `perimee` what grew old in a campaign since it was last looked at: a version, a reference document, an age. In one transaction
 * with its lines of audit.
 *
 * @returns slots that grew old, with the reason
 */
export function refreshSlots(
  db: Kysely<Schema>,
  { campaign: id, rem, today }: { readonly campaign: string; readonly rem: Rem; readonly today: CivilDate },
  author: Author,
): Promise<readonly SlotStatus[]> {
  return db.transaction().execute(async (trx) => {
    const campaign = await campaignOf(trx, id);
    if (campaign === undefined) return [];
    const rows = await trx.selectFrom('slot_state').selectAll().where('campaign', '=', id).execute();
    const ageing = new Map(rows.filter(({ state }) => AGEING.has(state as SlotState)).map((row) => [row.slot, row]));
    if (ageing.size === 0) return [];
    const contents = await contentsOf(trx, id);
    const lines: AuditLine[] = [];
    const old: SlotStatus[] = [];
    for (const { slot, requirement } of slotsOf(rem.requirements)) {
      const row = ageing.get(slot.id);
      if (row === undefined) continue;
      const held = contents.get(slot.id) ?? [];
      const people = held.filter(({ byPeople }) => byPeople);
      // What the bench made only goes with what a person had to bring.
      const deciding = slot.evidenceClass === 'bench' || people.length === 0 ? held : people;
      const reason = stalenessOf(deciding, {
        version: campaign.version,
        references: referenceLabels(requirement.references ?? [], rem.category, rem.wave),
        kinds: slot.kinds,
        today,
      });
      if (reason === undefined) continue;
      const revision = row.revision + 1;
      await trx
        .updateTable('slot_state')
        .set({ state: 'perimee', reason, updated_at: author.at, revision })
        .where('campaign', '=', id)
        .where('slot', '=', slot.id)
        .execute();
      lines.push({
        at: author.at,
        actor: author.by,
        action: 'état de preuve',
        subject: slot.id,
        campaign: id,
        detail: `${row.state} → perimee : ${reason}`,
        before: JSON.stringify(row.state),
        after: JSON.stringify('perimee'),
      });
      old.push({ slot: slot.id, state: 'perimee', reason, updatedAt: author.at, revision });
    }
    await appendAudit(trx, lines);
    return old;
  });
}

type HeldContent = SlotContent & { readonly byPeople: boolean };

/** What each slot of a campaign holds: pieces of runs, of people, references. */
async function contentsOf(
  trx: Transaction<Schema>,
  campaign: string,
): Promise<ReadonlyMap<string, readonly HeldContent[]>> {
  const contents = new Map<string, HeldContent[]>();
  const add = (slot: string, content: HeldContent): void => {
    const known = contents.get(slot);
    if (known === undefined) contents.set(slot, [content]);
    else known.push(content);
  };
  const pieces = await trx.selectFrom('piece').select(['slot', 'json']).where('campaign', '=', campaign).execute();
  for (const { slot, json } of pieces) {
    const { product, references, collectedAt } = (JSON.parse(json) as Piece).provenance;
    add(slot, {
      byPeople: false,
      version: product.version,
      madeAt: collectedAt,
      ...(references === undefined ? {} : { references }),
    });
  }
  const filings = await trx
    .selectFrom('filing')
    .innerJoin('evidence', 'evidence.id', 'filing.evidence')
    .select(['filing.evidence', 'filing.campaign', 'filing.slot', 'filing.author', 'filing.at', 'filing.json'])
    .select('evidence.json as record')
    .where('filing.campaign', '=', campaign)
    .execute();
  for (const { record, ...row } of filings) {
    const { product, addedAt, datedOn } = (JSON.parse(record) as EvidenceRecord).evidence;
    const { slot, references, stillHolds } = filingOf(row);
    add(slot, {
      byPeople: true,
      version: product.version,
      references,
      // Noon: the same day in Paris whatever the season.
      madeAt: datedOn === undefined ? addedAt : `${datedOn}T12:00:00.000Z`,
      ...(stillHolds === undefined ? {} : { stillHolds }),
    });
  }
  const externals = await trx
    .selectFrom('slot_reference')
    .select(['slot', 'at'])
    .where('campaign', '=', campaign)
    .execute();
  for (const { slot, at } of externals) add(slot, { byPeople: true, madeAt: at });
  return contents;
}
