import type { Insertable, Kysely, Transaction } from 'kysely';
import { matchRems } from '#dsr/rem-diff/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { adoptedSlots, carryOver, type CarryOver } from '../adoption/index.ts';
import type { SlotStatus } from '../types.ts';
import { appendAudit, type AuditLine } from './audit.ts';
import { campaignsFollowing, keepRem } from './campaign.ts';
import { TrackerStoreError } from './errors.ts';
import { retakeResults } from './latest.ts';
import { campaigns, remOf, slotStatuses, type Campaign } from './read.ts';
import type { Schema } from './schema.ts';

/** What the adoption of a REM does to a campaign. */
export interface Adoption {
  readonly campaign: string;
  readonly from: { readonly source: string; readonly sha256: string };
  readonly to: { readonly source: string; readonly sha256: string };
  readonly carry: CarryOver;
  /** States of the campaign afterwards. */
  readonly statuses: readonly SlotStatus[];
  /** Campaigns of the same product version that already followed the new REM: their runs and pieces join this one. */
  readonly absorbed: readonly string[];
}

const ACTOR = 'jalon rem adopt';

/**
 * What {@link adoptRem} would do; writes nothing.
 *
 * @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN`, `ADOPTION_REFUSED`
 */
export async function previewAdoption(db: Kysely<Schema>, id: string, rem: Rem): Promise<Adoption> {
  const campaign = (await campaigns(db)).find((each) => each.id === id);
  if (campaign === undefined) {
    throw new TrackerStoreError(
      'CAMPAIGN_UNKNOWN',
      `Aucune campagne ne porte l'identifiant ${id}.`,
      'Sans --campaign, la dernière campagne touchée est prise.',
    );
  }
  refuseOtherList(campaign, rem);
  const former = await remOf(db, campaign.remSha256);
  if (former === undefined) {
    throw new TrackerStoreError(
      'TRACKER_UNREADABLE',
      `La REM de la campagne ${id} n'est plus dans le suivi.`,
      'Le fichier suivi.sqlite est incomplet : reprenez-le d’une sauvegarde.',
    );
  }
  const carry = carryOver(former, rem, await slotStatuses(db, id), campaign.profiles);
  const product = { name: campaign.product, version: campaign.version };
  const absorbed = await campaignsFollowing(db, product, rem);
  const already = (await Promise.all(absorbed.map((each) => slotStatuses(db, each)))).flat();
  return {
    campaign: id,
    from: { source: former.source, sha256: former.sha256 },
    to: { source: rem.source, sha256: rem.sha256 },
    carry,
    statuses: adoptedSlots(carry, already),
    absorbed,
  };
}

/**
 * Makes a campaign follow another version of its REM, in one transaction. Its id, runs and pieces stay; states carry over
 * by the rules of `carryOver`, and pieces follow their slot to its new number. The next run with the new REM is kept in
 * this campaign. Everything that changed is in the audit, before and after.
 *
 * @param at ISO 8601 UTC
 * @param by who adopts it
 * @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN`, `ADOPTION_REFUSED`
 */
export function adoptRem(database: Kysely<Schema>, id: string, rem: Rem, at: string, by = ACTOR): Promise<Adoption> {
  return database.transaction().execute(async (db) => {
    const adoption = await previewAdoption(db, id, rem);
    const former = await remOf(db, adoption.from.sha256);
    await keepRem(db, rem);
    await movePieces(db, id, adoption.carry);
    await moveReferences(db, id, adoption.carry);
    await moveFilings(db, id, adoption.carry);
    if (former !== undefined) await moveDecisions(db, id, heirsOf(former, rem));
    await writeStates(db, adoption, at);
    for (const other of adoption.absorbed) await absorb(db, id, other);
    await db.updateTable('campaign').set({ rem_sha256: rem.sha256, updated_at: at }).where('id', '=', id).execute();
    await auditAdoption(db, adoption, at, by);
    return adoption;
  });
}

/** Number of each requirement of the former list in the new one. */
function heirsOf(former: Rem, rem: Rem): ReadonlyMap<string, string> {
  const pairs = matchRems(former, rem).flatMap((match) => match.pairs);
  return new Map(pairs.map(({ before, after }) => [before.id, after.id]));
}

/** What people decided and said follows its requirement to its new number. */
async function moveDecisions(
  db: Transaction<Schema>,
  campaign: string,
  heirs: ReadonlyMap<string, string>,
): Promise<void> {
  const files = await db.selectFrom('requirement_file').selectAll().where('campaign', '=', campaign).execute();
  const moved = files.filter(({ requirement }) => (heirs.get(requirement) ?? requirement) !== requirement);
  // Taken away first: one may take the number that another one leaves.
  for (const { requirement } of moved) {
    await db
      .deleteFrom('requirement_file')
      .where('campaign', '=', campaign)
      .where('requirement', '=', requirement)
      .execute();
  }
  for (const file of moved) {
    const requirement = heirs.get(file.requirement) ?? file.requirement;
    await db
      .insertInto('requirement_file')
      .values({ ...file, requirement, revision: file.revision + 1 })
      .onConflict((conflict) => conflict.columns(['campaign', 'requirement']).doNothing())
      .execute();
  }
  const remarks = await db
    .selectFrom('remark')
    .select(['id', 'requirement'])
    .where('campaign', '=', campaign)
    .execute();
  for (const { id, requirement } of remarks) {
    const heir = heirs.get(requirement) ?? requirement;
    if (heir !== requirement) await db.updateTable('remark').set({ requirement: heir }).where('id', '=', id).execute();
  }
}

function refuseOtherList(campaign: Campaign, rem: Rem): void {
  const refuse = (message: string, remedy: string): never => {
    throw new TrackerStoreError('ADOPTION_REFUSED', message, remedy);
  };
  if (campaign.category !== rem.category) {
    refuse(
      `La campagne ${campaign.id} suit le couloir ${campaign.category}, cette REM est celle du couloir ${rem.category}.`,
      'Une campagne garde son couloir : jouez la suite avec cette REM pour en ouvrir une autre.',
    );
  }
  if (campaign.wave !== rem.wave) {
    // What the authority accepted in one wave says nothing of the file of the next one.
    refuse(
      `La campagne ${campaign.id} suit la vague ${campaign.wave}, cette REM est de la vague ${rem.wave}.`,
      'Chaque vague a son dossier : comparez-les par « npm run jalon -- rem diff », puis jouez la suite avec la nouvelle REM pour ouvrir sa campagne.',
    );
  }
  if (campaign.remSha256 === rem.sha256) {
    refuse(
      `La campagne ${campaign.id} suit déjà cette REM.`,
      'Rien à faire ; pour une autre campagne, donnez son identifiant avec --campaign.',
    );
  }
}

/** Pieces follow their slot; one that became two slots leaves its pieces in both. */
async function movePieces(db: Transaction<Schema>, campaign: string, carry: CarryOver): Promise<void> {
  const heirs = heirsOfSlots(carry);
  const rows = await db.selectFrom('piece').selectAll().where('campaign', '=', campaign).execute();
  for (const { id, ...row } of rows) {
    const [first, ...others] = (heirs.get(row.slot) ?? [row.slot]).toSorted(
      (left, right) => Number(right === row.slot) - Number(left === row.slot),
    );
    if (first !== undefined && first !== row.slot) {
      await db.updateTable('piece').set({ slot: first }).where('id', '=', id).execute();
    }
    for (const slot of others)
      await db
        .insertInto('piece')
        .values({ ...row, slot })
        .execute();
  }
}

/** References of official tools do as pieces do. */
async function moveReferences(db: Transaction<Schema>, campaign: string, carry: CarryOver): Promise<void> {
  const heirs = heirsOfSlots(carry);
  const rows = await db.selectFrom('slot_reference').selectAll().where('campaign', '=', campaign).execute();
  for (const { id, ...row } of rows) {
    const [first, ...others] = heirs.get(row.slot) ?? [row.slot];
    if (first !== undefined && first !== row.slot) {
      await db.updateTable('slot_reference').set({ slot: first }).where('id', '=', id).execute();
    }
    for (const slot of others)
      await db
        .insertInto('slot_reference')
        .values({ ...row, slot })
        .execute();
  }
}

/** Pieces of people do too. */
async function moveFilings(db: Transaction<Schema>, campaign: string, carry: CarryOver): Promise<void> {
  const heirs = heirsOfSlots(carry);
  const rows = await db.selectFrom('filing').selectAll().where('campaign', '=', campaign).execute();
  // Taken away first: a slot may take the number that another one leaves.
  const moved = rows.filter(({ slot }) => (heirs.get(slot) ?? [slot]).join() !== slot);
  for (const { id } of moved) await db.deleteFrom('filing').where('id', '=', id).execute();
  for (const { id: _, ...row } of moved) {
    for (const slot of heirs.get(row.slot) ?? []) await refile(db, { ...row, slot });
  }
}

/** Two slots that became one keep a piece once. */
function refile(db: Transaction<Schema>, row: Insertable<Schema['filing']>): Promise<unknown> {
  return db
    .insertInto('filing')
    .values(row)
    .onConflict((conflict) => conflict.columns(['evidence', 'campaign', 'slot']).doNothing())
    .execute();
}

function heirsOfSlots(carry: CarryOver): ReadonlyMap<string, readonly string[]> {
  const heirs = new Map<string, string[]>();
  for (const { slot, from } of carry.slots) {
    if (from !== null) heirs.set(from, [...(heirs.get(from) ?? []), slot]);
  }
  for (const { slot, keptAs } of carry.gone) heirs.set(slot, [keptAs]);
  return heirs;
}

async function writeStates(
  db: Transaction<Schema>,
  { campaign, carry, statuses }: Adoption,
  at: string,
): Promise<void> {
  const rewritten = new Set([
    ...carry.slots.flatMap(({ slot, from }) => (from === null ? [slot] : [slot, from])),
    ...carry.gone.map(({ slot }) => slot),
    ...statuses.map(({ slot }) => slot),
  ]);
  const rows = await db
    .selectFrom('slot_state')
    .select(['slot', 'revision'])
    .where('campaign', '=', campaign)
    .execute();
  const revisions = new Map(rows.map(({ slot, revision }) => [slot, revision]));
  for (const slot of rewritten) {
    await db.deleteFrom('slot_state').where('campaign', '=', campaign).where('slot', '=', slot).execute();
  }
  for (const { slot, state, run, reason, updatedAt } of statuses) {
    await db
      .insertInto('slot_state')
      .values({
        campaign,
        slot,
        state,
        run: run ?? null,
        updated_at: updatedAt ?? at,
        reason: reason ?? null,
        // Whoever had the former state under the eyes has not seen this one.
        revision: (revisions.get(slot) ?? 0) + 1,
      })
      .execute();
  }
}

async function absorb(db: Transaction<Schema>, campaign: string, other: string): Promise<void> {
  await db.updateTable('run').set({ campaign }).where('campaign', '=', other).execute();
  await db.updateTable('piece').set({ campaign }).where('campaign', '=', other).execute();
  await db.deleteFrom('slot_state').where('campaign', '=', other).execute();
  for (const table of ['remark', 'complement', 'slot_reference'] as const) {
    await db.updateTable(table).set({ campaign }).where('campaign', '=', other).execute();
  }
  await db.updateTable('evidence').set({ campaign }).where('campaign', '=', other).execute();
  const filings = await db.selectFrom('filing').selectAll().where('campaign', '=', other).execute();
  await db.deleteFrom('filing').where('campaign', '=', other).execute();
  for (const { id: _, ...row } of filings) await refile(db, { ...row, campaign });
  const own = db.selectFrom('requirement_file').select('requirement').where('campaign', '=', campaign);
  await db
    .updateTable('requirement_file')
    .set({ campaign })
    .where('campaign', '=', other)
    .where('requirement', 'not in', own)
    .execute();
  // Where both decided, the campaign that goes on keeps what it said; the audit keeps the rest.
  await db.deleteFrom('requirement_file').where('campaign', '=', other).execute();
  await db.deleteFrom('latest_result').where('campaign', '=', other).execute();
  await db.deleteFrom('campaign').where('id', '=', other).execute();
  await retakeResults(db, campaign);
}

async function auditAdoption(db: Transaction<Schema>, adoption: Adoption, at: string, by: string): Promise<void> {
  const { campaign, from, to, carry, absorbed, statuses } = adoption;
  const now = new Map(statuses.map((status) => [status.slot, status]));
  const lines: AuditLine[] = [];
  const write = (action: string, subject: string, detail: string): void => {
    lines.push({ at, actor: by, action, subject, detail, campaign });
  };
  write('REM adoptée', campaign, `${from.source} ${from.sha256} → ${to.source} ${to.sha256}`);
  for (const other of absorbed) write('campagne réunie', campaign, `exécutions et pièces de ${other}`);
  for (const { slot, from: former, was, note } of carry.slots) {
    const { state, reason = 'campagne réunie' } = now.get(slot) ?? { state: 'vide' as const };
    if (former !== null && former !== slot && was !== 'vide') {
      write('preuve renumérotée', slot, `${former} → ${slot}, ${was}`);
    }
    if (was !== state) write('état de preuve', slot, `${was} → ${state} : ${reason}`);
    if (note !== '') write('exigence changée', slot, was === state ? `état ${state} gardé : ${note}` : note);
  }
  for (const { slot, was, reason } of carry.gone) {
    if (was !== 'vide') write('preuve disparue', slot, `${was} → perimee : ${reason}`);
  }
  await appendAudit(db, lines);
}
