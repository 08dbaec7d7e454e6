import type { Kysely } from 'kysely';
import { parseRem, type Rem } from '#dsr/rem/index.ts';
import type { Piece } from '#evidence/index.ts';
import type { RunLifecycle, RunRecord, SlotState, SlotStatus } from '../types.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import type { Schema } from './schema.ts';

export interface Campaign {
  readonly id: string;
  readonly product: string;
  readonly version: string;
  readonly category: string;
  readonly wave: string;
  readonly remSha256: string;
  readonly profiles: readonly string[];
  readonly updatedAt: string;
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
  return rows.map((row) => ({
    id: row.id,
    product: row.product,
    version: row.version,
    category: row.category,
    wave: row.wave,
    remSha256: row.rem_sha256,
    profiles: JSON.parse(row.profiles) as readonly string[],
    updatedAt: row.updated_at,
  }));
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
    ...(row.run === null ? {} : { run: row.run }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  }));
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

/** Pieces of a run, in the order in which they were filed. */
export async function piecesOfRun(db: Kysely<Schema>, run: string): Promise<readonly StoredPiece[]> {
  const rows = await pieces(db).where('piece.run', '=', run).orderBy('piece.id').execute();
  return rows.map((row) => ({ id: row.id, run: row.run, dir: row.dir, piece: JSON.parse(row.json) as Piece }));
}

export async function pieceById(db: Kysely<Schema>, id: number): Promise<StoredPiece | undefined> {
  const row = await pieces(db).where('piece.id', '=', id).executeTakeFirst();
  return row && { id: row.id, run: row.run, dir: row.dir, piece: JSON.parse(row.json) as Piece };
}

function pieces(db: Kysely<Schema>) {
  return db
    .selectFrom('piece')
    .innerJoin('run', 'run.id', 'piece.run')
    .select(['piece.id', 'piece.run', 'piece.json', 'run.dir']);
}
