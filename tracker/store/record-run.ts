import type { Kysely, Transaction } from 'kysely';
import { slotsOf } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { mergeContributions, runDigest, slotStateAfter, type SlotContribution } from '../domain/index.ts';
import type { RunRecord, SlotState, SlotStatus } from '../types.ts';
import { appendAudit, type AuditLine } from './audit.ts';
import { campaignsFollowing, freeCampaignId, keepRem } from './campaign.ts';
import { TrackerStoreError } from './errors.ts';
import { takeResults } from './latest.ts';
import { keepReceipt, type CallKey } from './receipts.ts';
import type { Schema } from './schema.ts';

export interface RunToRecord {
  readonly run: RunRecord;
  readonly rem: Rem;
  /** Absolute path of the run folder. */
  readonly runDir: string;
  /** A program brought it, and may bring it again. */
  readonly brought?: { readonly by: string; readonly at: string; readonly call: CallKey; readonly answer: string };
}

/**
 * Keeps a run and what it changes, in one transaction: either everything is there or nothing is.
 *
 * @returns the state of every slot of the Rem in the campaign of this product version
 * @throws {TrackerStoreError} `RUN_EXISTS`
 */
export function recordRun(database: Kysely<Schema>, given: RunToRecord): Promise<readonly SlotStatus[]> {
  return database.transaction().execute(async (db) => {
    const campaign = await upsertCampaign(db, given);
    const { run, rem, runDir, brought } = given;
    if ((await db.selectFrom('run').select('id').where('id', '=', run.id).executeTakeFirst()) !== undefined) {
      throw new TrackerStoreError(
        'RUN_EXISTS',
        `L’exécution ${run.id} est déjà dans ce suivi.`,
        'Elle n’est pas enregistrée deux fois ; rejouez la suite pour en faire une autre.',
      );
    }
    const digest = runDigest(run);
    await db
      .insertInto('run')
      .values({
        id: run.id,
        campaign,
        started_at: run.startedAt,
        lifecycle: run.lifecycle,
        verdict: run.verdict,
        dir: runDir,
        json: JSON.stringify(run),
        line: JSON.stringify(digest.line),
      })
      .execute();
    await takeResults(db, campaign, digest);
    const kept = auditLine(
      run,
      campaign,
      'exécution enregistrée',
      run.id,
      `${run.verdict}, ${run.scenarios.length} scénarios`,
    );
    const { statuses, lines } = await updateSlots(db, campaign, run, rem);
    const carried =
      brought === undefined
        ? []
        : [{ ...kept, at: brought.at, actor: brought.by, action: 'exécution reçue', detail: run.startedAt }];
    await appendAudit(db, [kept, ...carried, ...lines]);
    if (brought !== undefined) await keepReceipt(db, brought.call, brought.answer, brought.at);
    return statuses;
  });
}

async function upsertCampaign(db: Transaction<Schema>, { run, rem }: RunToRecord): Promise<string> {
  const at = run.endedAt ?? run.startedAt;
  const profiles = JSON.stringify(run.profiles);
  await keepRem(db, rem);
  const [known] = await campaignsFollowing(db, run.product, rem);
  if (known !== undefined) {
    await db.updateTable('campaign').set({ profiles, updated_at: at }).where('id', '=', known).execute();
    return known;
  }
  const id = await freeCampaignId(db, run.product, rem);
  await db
    .insertInto('campaign')
    .values({
      id,
      product: run.product.name,
      version: run.product.version,
      category: rem.category,
      wave: rem.wave,
      rem_sha256: rem.sha256,
      profiles,
      created_at: at,
      updated_at: at,
    })
    .execute();
  return id;
}

async function updateSlots(
  db: Transaction<Schema>,
  campaign: string,
  run: RunRecord,
  rem: Rem,
): Promise<{ readonly statuses: readonly SlotStatus[]; readonly lines: readonly AuditLine[] }> {
  const rows = await db.selectFrom('slot_state').selectAll().where('campaign', '=', campaign).execute();
  const known = new Map(rows.map((row) => [row.slot, row]));
  const at = run.endedAt ?? run.startedAt;
  const statuses: SlotStatus[] = [];
  const lines: AuditLine[] = [];
  for (const { slot } of slotsOf(rem.requirements)) {
    const row = known.get(slot.id);
    const previous = (row?.state ?? 'vide') as SlotState;
    const contribution = contributionTo(slot, run);
    if (!contribution) {
      statuses.push({
        slot: slot.id,
        state: previous,
        ...(row?.run ? { run: row.run, updatedAt: row.updated_at } : {}),
        ...(row?.reason ? { reason: row.reason } : {}),
      });
      continue;
    }
    const state = slotStateAfter(previous, contribution);
    const reason = state === 'perimee' ? (row?.reason ?? null) : null;
    const revision = (row?.revision ?? 0) + 1;
    await db
      .insertInto('slot_state')
      .values({ campaign, slot: slot.id, state, run: run.id, updated_at: at, reason, revision })
      .onConflict((conflict) =>
        conflict.columns(['campaign', 'slot']).doUpdateSet({ state, run: run.id, updated_at: at, reason, revision }),
      )
      .execute();
    if (state !== previous) lines.push(auditLine(run, campaign, 'état de preuve', slot.id, `${previous} → ${state}`));
    statuses.push({ slot: slot.id, state, run: run.id, updatedAt: at, ...(reason === null ? {} : { reason }) });
  }
  const pieces = run.faults.length > 0 ? [] : run.scenarios.flatMap((scenario) => scenario.pieces);
  for (const piece of pieces) {
    await db
      .insertInto('piece')
      .values({ campaign, slot: piece.slot, run: run.id, path: piece.path, json: JSON.stringify(piece) })
      .execute();
  }
  return { statuses, lines };
}

function contributionTo(
  slot: { readonly id: string; readonly evidenceClass: SlotContribution['evidenceClass'] },
  run: RunRecord,
): SlotContribution | undefined {
  // A product made faulty on purpose proves the bench, not the product: it neither fills nor empties a slot.
  if (run.faults.length > 0) return undefined;
  return mergeContributions(
    run.scenarios
      .filter((scenario) => scenario.slots.includes(slot.id) && scenario.cause !== 'interrompu')
      .map((scenario) => ({
        verdict: scenario.verdict,
        evidenceClass: slot.evidenceClass,
        pieces: scenario.pieces.filter((piece) => piece.slot === slot.id).length,
      })),
  );
}

function auditLine(run: RunRecord, campaign: string, action: string, subject: string, detail: string): AuditLine {
  return { at: run.endedAt ?? run.startedAt, actor: `banc ${run.benchVersion}`, action, subject, detail, campaign };
}
