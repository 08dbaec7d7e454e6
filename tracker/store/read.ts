import type { Kysely, Selectable } from 'kysely';
import { parseRem, type Rem } from '#dsr/rem/index.ts';
import type { Piece } from '#evidence/index.ts';
import type { RunLine as RunDigestLine } from '../domain/index.ts';
import type { RunLifecycle, RunRecord, SlotState, SlotStatus } from '../types.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import { runLinesOf } from './run-lines.ts';
import type { Schema } from './schema.ts';

export interface Campaign {
  readonly id: string;
  readonly product: string;
  readonly version: string;
  readonly category: string;
  readonly wave: string;
  readonly remSha256: string;
  readonly profiles: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Whoever filed a piece may not validate it. */
  readonly fourEyes: boolean;
  /** Campaign that it succeeds. */
  readonly follows?: string;
  readonly revision: number;
}

export interface RunLine {
  readonly id: string;
  readonly campaign: string;
  readonly startedAt: string;
  readonly lifecycle: RunLifecycle;
  readonly verdict: Verdict;
}

/** A piece with the run folder that holds it. */
export interface StoredPiece {
  readonly id: number;
  readonly run: string;
  readonly dir: string;
  readonly piece: Piece;
}

/** The campaign that was worked on last; undefined before the first run. */
export async function currentCampaign(db: Kysely<Schema>): Promise<Campaign | undefined> {
  const [latest] = await campaigns(db, 1);
  return latest;
}

/** Campaigns, the one that was worked on last first. */
export async function campaigns(db: Kysely<Schema>, limit = 1000): Promise<readonly Campaign[]> {
  const rows = await db.selectFrom('campaign').selectAll().orderBy('updated_at', 'desc').limit(limit).execute();
  return rows.map(toCampaign);
}

export async function campaignOf(db: Kysely<Schema>, id: string): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaign').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toCampaign(row);
}

function toCampaign(row: Selectable<Schema['campaign']>): Campaign {
  return {
    id: row.id,
    product: row.product,
    version: row.version,
    category: row.category,
    wave: row.wave,
    remSha256: row.rem_sha256,
    profiles: JSON.parse(row.profiles) as readonly string[],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    fourEyes: row.four_eyes === 1,
    ...(row.follows === null ? {} : { follows: row.follows }),
    revision: row.revision,
  };
}

export async function remOf(db: Kysely<Schema>, sha256: string): Promise<Rem | undefined> {
  const row = await db.selectFrom('rem').select('json').where('sha256', '=', sha256).executeTakeFirst();
  return row && parseRem(row.json);
}

/** Slots that a run touched or that an adoption carried over; the others are empty. */
export async function slotStatuses(db: Kysely<Schema>, campaign: string): Promise<readonly SlotStatus[]> {
  const rows = await db.selectFrom('slot_state').selectAll().where('campaign', '=', campaign).execute();
  return rows.map((row) => ({
    slot: row.slot,
    state: row.state as SlotState,
    updatedAt: row.updated_at,
    revision: row.revision,
    ...(row.run === null ? {} : { run: row.run }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  }));
}

/** How many runs a campaign has, and its newest one. */
export async function runsOf(
  db: Kysely<Schema>,
  campaign: string,
): Promise<{ readonly total: number; readonly last?: string }> {
  const { total } = await db
    .selectFrom('run')
    .select((select) => select.fn.countAll<number | string>().as('total'))
    .where('campaign', '=', campaign)
    .executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('run')
    .select('id')
    .where('campaign', '=', campaign)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { total: Number(total), ...(last === undefined ? {} : { last: last.id }) };
}

/** Newest first. */
export async function runLines(db: Kysely<Schema>): Promise<readonly RunLine[]> {
  const rows = await db
    .selectFrom('run')
    .select(['id', 'campaign', 'started_at', 'lifecycle', 'verdict'])
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    campaign: row.campaign,
    startedAt: row.started_at,
    lifecycle: row.lifecycle as RunLifecycle,
    verdict: row.verdict as Verdict,
  }));
}

export interface RunPageFilter {
  readonly campaign?: string;
  readonly limit: number;
  /** The last run of the page before. */
  readonly after?: { readonly startedAt: string; readonly id: string };
}

/** Runs as lists show them, newest first. */
export async function runPage(
  db: Kysely<Schema>,
  { campaign, limit, after }: RunPageFilter,
): Promise<{ readonly total: number; readonly runs: readonly RunDigestLine[] }> {
  let counted = db.selectFrom('run').select((select) => select.fn.countAll<number | string>().as('total'));
  let query = db.selectFrom('run').select('id').orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (campaign !== undefined) {
    counted = counted.where('campaign', '=', campaign);
    query = query.where('campaign', '=', campaign);
  }
  if (after !== undefined) {
    const { startedAt, id } = after;
    query = query.where((where) =>
      where.or([
        where('started_at', '<', startedAt),
        where.and([where('started_at', '=', startedAt), where('id', '<', id)]),
      ]),
    );
  }
  const { total } = await counted.executeTakeFirstOrThrow();
  const rows = await query.execute();
  return {
    total: Number(total),
    runs: await runLinesOf(
      db,
      rows.map(({ id }) => id),
    ),
  };
}

export async function runRecord(
  db: Kysely<Schema>,
  id: string,
): Promise<{ readonly run: RunRecord; readonly dir: string } | undefined> {
  const row = await db.selectFrom('run').select(['json', 'dir']).where('id', '=', id).executeTakeFirst();
  return row && { run: JSON.parse(row.json) as RunRecord, dir: row.dir };
}

/** Pieces of a slot, those of the latest run first. */
export async function piecesOf(db: Kysely<Schema>, campaign: string, slot: string): Promise<readonly StoredPiece[]> {
  const rows = await pieces(db)
    .where('piece.campaign', '=', campaign)
    .where('piece.slot', '=', slot)
    .orderBy('run.started_at', 'desc')
    .orderBy('piece.id')
    .execute();
  return rows.map((row) => ({ id: row.id, run: row.run, dir: row.dir, piece: JSON.parse(row.json) as Piece }));
}

/** Pieces of some slots, by slot, those of the latest run first. */
export async function piecesOfSlots(
  db: Kysely<Schema>,
  campaign: string,
  slots: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredPiece[]>> {
  if (slots.length === 0) return new Map();
  const rows = await pieces(db)
    .where('piece.campaign', '=', campaign)
    .where('piece.slot', 'in', slots)
    .orderBy('run.started_at', 'desc')
    .orderBy('piece.id')
    .execute();
  const found = new Map<string, StoredPiece[]>();
  for (const { slot, id, run, dir, json } of rows) {
    const known = found.get(slot) ?? [];
    found.set(slot, known);
    known.push({ id, run, dir, piece: JSON.parse(json) as Piece });
  }
  return found;
}

/** Pieces of a run, in the order in which they were filed. */
export async function piecesOfRun(db: Kysely<Schema>, run: string): Promise<readonly StoredPiece[]> {
  const rows = await pieces(db).where('piece.run', '=', run).orderBy('piece.id').execute();
  return rows.map((row) => ({ id: row.id, run: row.run, dir: row.dir, piece: JSON.parse(row.json) as Piece }));
}

/** Pieces of a campaign, the last filed first; those after one that was seen. */
export async function piecesOfCampaign(
  db: Kysely<Schema>,
  campaign: string,
  { limit, before, slot }: { readonly limit: number; readonly before?: number; readonly slot?: string },
): Promise<readonly StoredPiece[]> {
  let query = pieces(db).where('piece.campaign', '=', campaign).orderBy('piece.id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('piece.id', '<', before);
  if (slot !== undefined) query = query.where('piece.slot', '=', slot);
  return (await query.execute()).map((row) => ({
    id: row.id,
    run: row.run,
    dir: row.dir,
    piece: JSON.parse(row.json) as Piece,
  }));
}

export async function pieceById(db: Kysely<Schema>, id: number): Promise<StoredPiece | undefined> {
  const row = await pieces(db).where('piece.id', '=', id).executeTakeFirst();
  return row && { id: row.id, run: row.run, dir: row.dir, piece: JSON.parse(row.json) as Piece };
}

function pieces(db: Kysely<Schema>) {
  return db
    .selectFrom('piece')
    .innerJoin('run', 'run.id', 'piece.run')
    .select(['piece.id', 'piece.slot', 'piece.run', 'piece.json', 'run.dir']);
}
