import { join } from 'node:path';
import type { Rem } from '#dsr/rem/index.ts';
import type { RunRecord, SlotStatus } from '../types.ts';
import { adoptRem, previewAdoption, type Adoption } from './adopt-rem.ts';
import { openDatabase } from './database.ts';
import {
  campaigns,
  currentCampaign,
  pieceById,
  piecesOf,
  piecesOfRun,
  remOf,
  runLines,
  runRecord,
  slotStatuses,
  type Campaign,
  type RunLine,
  type StoredPiece,
} from './read.ts';
import { recordRun, type RunToRecord } from './record-run.ts';

/** The tracker's memory: campaigns, runs, slot states, pieces, audit. */
export interface Tracker {
  recordRun(given: RunToRecord): Promise<readonly SlotStatus[]>;
  currentCampaign(): Promise<Campaign | undefined>;
  /** The one that was worked on last first. */
  campaigns(): Promise<readonly Campaign[]>;
  /** What `adoptRem` would do; writes nothing. */
  previewAdoption(campaign: string, rem: Rem): Promise<Adoption>;
  /** The campaign follows the new REM from now on. @param at ISO 8601 UTC */
  adoptRem(campaign: string, rem: Rem, at: string): Promise<Adoption>;
  rem(sha256: string): Promise<Rem | undefined>;
  slotStatuses(campaign: string): Promise<readonly SlotStatus[]>;
  runs(): Promise<readonly RunLine[]>;
  run(id: string): Promise<{ readonly run: RunRecord; readonly dir: string } | undefined>;
  piecesOf(campaign: string, slot: string): Promise<readonly StoredPiece[]>;
  piecesOfRun(run: string): Promise<readonly StoredPiece[]>;
  piece(id: number): Promise<StoredPiece | undefined>;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the tracker of a working folder: `suivi.sqlite`.
 *
 * @param options `dataDir` must exist
 * @throws {TrackerStoreError}
 */
export async function openTracker(options: { readonly dataDir: string }): Promise<Tracker> {
  const db = openDatabase(join(options.dataDir, 'suivi.sqlite'));
  return {
    recordRun: (given) => recordRun(db, given),
    currentCampaign: () => currentCampaign(db),
    campaigns: () => campaigns(db),
    previewAdoption: (campaign, rem) => previewAdoption(db, campaign, rem),
    adoptRem: (campaign, rem, at) => adoptRem(db, campaign, rem, at),
    rem: (sha256) => remOf(db, sha256),
    slotStatuses: (campaign) => slotStatuses(db, campaign),
    runs: () => runLines(db),
    run: (id) => runRecord(db, id),
    piecesOf: (campaign, slot) => piecesOf(db, campaign, slot),
    piecesOfRun: (run) => piecesOfRun(db, run),
    piece: (id) => pieceById(db, id),
    close: () => db.destroy(),
  };
}

export type { Adoption } from './adopt-rem.ts';
export { TrackerStoreError, type TrackerStoreCode } from './errors.ts';
export type { Campaign, RunLine, StoredPiece } from './read.ts';
export type { RunToRecord } from './record-run.ts';
