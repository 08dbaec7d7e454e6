import { join } from 'node:path';
import type { Rem } from '#dsr/rem/index.ts';
import type { Account } from '../access/index.ts';
import type { LatestResult, Outcome, Remark, RunLine as ShownRun } from '../domain/index.ts';
import type { PaymentRequest, StatusChange } from '../asp/types.ts';
import type { Order } from '../orders/types.ts';
import type { RunRecord, SlotStatus } from '../types.ts';
import { adoptRem, previewAdoption, type Adoption } from './adopt-rem.ts';
import type { Author } from './author.ts';
import { verifyAudit, type BrokenChain } from './audit.ts';
import { dump, restore, type Copy } from './backup.ts';
import { dumpCampaign, importCampaign, type CampaignCopy } from './campaign-copy.ts';
import { decide, requirementFile, requirementFiles, type Decision, type RequirementFile } from './decisions.ts';
import {
  complements,
  discuss,
  enterComplement,
  moveComplementAs,
  remarks,
  threads,
  type StoredComplement,
} from './exchanges.ts';
import { addEvidence, fileEvidence, removeEvidence, settleEvidence, withdrawEvidence } from './evidence.ts';
import {
  evidenceById,
  evidenceHashes,
  evidenceOfCampaign,
  evidenceOfSlots,
  type StoredEvidence,
} from './evidence-read.ts';
import { accountKey, accountOfIdentity, accounts, addAccount, changeAccount, type AccountKey } from './accounts.ts';
import { refreshSlots } from './freshness.ts';
import { changeCampaign, openCampaign } from './campaign-changes.ts';
import { moveChapterAs } from './chapter-moves.ts';
import { changesAfter, history, lastChange, type HistoryFilter, type HistoryLine } from './history.ts';
import { digestOlderRuns, latestResults, runLineOf } from './latest.ts';
import { openPostgres } from './postgres.ts';
import { receiptOf, type CallKey } from './receipts.ts';
import { closeSessions, openSession, sessionOf, touchSession, type NewSession, type Session } from './sessions.ts';
import { addToken, apiTokens, revokeToken, tokenKey, touchToken, type ApiToken, type TokenKey } from './tokens.ts';
import { addWebhook, claimWebhook, removeWebhook, settleWebhook, webhooks, type Webhook } from './webhooks.ts';
import { openSqlite } from './sqlite.ts';
import { importOrders, orderNumbered, orders, type OrdersImport } from './orders.ts';
import { appendStatus, paymentRequests, putPaymentRequests, type RequestPart } from './payment-requests.ts';
import {
  campaignOf,
  campaigns,
  currentCampaign,
  pieceById,
  piecesOf,
  piecesOfCampaign,
  piecesOfRun,
  piecesOfSlots,
  remOf,
  runLines,
  runPage,
  runRecord,
  runsOf,
  slotStatuses,
  type Campaign,
  type RunLine,
  type StoredPiece,
} from './read.ts';
import { recordRun, type RunToRecord } from './record-run.ts';
import { references, referencesOfSlots, type StoredReference } from './references.ts';
import { openNext, previewNext, type NextCampaign, type PlannedCampaign } from './succession.ts';
import { moveSlotAs, type MovedSlot, type SlotMoveOrder } from './slot-moves.ts';

/** What a function of the store takes besides its database. */
type Tail<F extends (db: never, ...rest: never[]) => unknown> =
  Parameters<F> extends [unknown, ...infer Rest] ? Rest : never;

/** The tracker's memory: campaigns, runs, slot states, pieces, audit. */
export interface Tracker {
  recordRun(given: RunToRecord): Promise<readonly SlotStatus[]>;
  currentCampaign(): Promise<Campaign | undefined>;
  /** The one that was worked on last first. */
  campaigns(): Promise<readonly Campaign[]>;
  campaign(id: string): Promise<Campaign | undefined>;
  openCampaign(...given: Tail<typeof openCampaign>): ReturnType<typeof openCampaign>;
  changeCampaign(...given: Tail<typeof changeCampaign>): ReturnType<typeof changeCampaign>;
  /** What `adoptRem` would do; writes nothing. */
  previewAdoption(campaign: string, rem: Rem): Promise<Adoption>;
  /** The campaign follows the new REM from now on. @param at ISO 8601 UTC */
  adoptRem(campaign: string, rem: Rem, at: string, by?: string): Promise<Adoption>;
  rem(sha256: string): Promise<Rem | undefined>;
  slotStatuses(campaign: string): Promise<readonly SlotStatus[]>;
  runs(): Promise<readonly RunLine[]>;
  /** Runs as lists show them, newest first. */
  runPage(...given: Tail<typeof runPage>): ReturnType<typeof runPage>;
  runsOf(campaign: string): Promise<{ readonly total: number; readonly last?: string }>;
  run(id: string): Promise<{ readonly run: RunRecord; readonly dir: string } | undefined>;
  /** What lists show of a run. */
  runLine(run: string): Promise<ShownRun | undefined>;
  /** The newest result of each scenario. */
  latestResults(campaign: string): Promise<readonly LatestResult[]>;
  piecesOf(campaign: string, slot: string): Promise<readonly StoredPiece[]>;
  piecesOfSlots(campaign: string, slots: readonly string[]): Promise<ReadonlyMap<string, readonly StoredPiece[]>>;
  referencesOfSlots(
    campaign: string,
    slots: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredReference[]>>;
  piecesOfRun(run: string): Promise<readonly StoredPiece[]>;
  /** Pieces of a campaign, the last filed first. */
  piecesOfCampaign(...given: Tail<typeof piecesOfCampaign>): ReturnType<typeof piecesOfCampaign>;
  piece(id: number): Promise<StoredPiece | undefined>;
  /** What people decided, by requirement. */
  requirementFiles(campaign: string): Promise<readonly RequirementFile[]>;
  requirementFile(campaign: string, requirement: string): Promise<RequirementFile>;
  /** Applicability, who carries it, assignment. @throws {TrackerStoreError} `CHANGED_MEANWHILE` */
  decide(decision: Decision, author: Author): Promise<Outcome<RequirementFile>>;
  /** What is said about a requirement, in order. */
  remarks(campaign: string, requirement: string): Promise<readonly Remark[]>;
  /** Everything that is said in a campaign, by requirement. */
  threads(campaign: string): Promise<ReadonlyMap<string, readonly Remark[]>>;
  discuss(...given: Tail<typeof discuss>): ReturnType<typeof discuss>;
  /** Requests of the authority, the last received first. */
  complements(campaign: string): Promise<readonly StoredComplement[]>;
  enterComplement(...given: Tail<typeof enterComplement>): ReturnType<typeof enterComplement>;
  moveComplement(...given: Tail<typeof moveComplementAs>): ReturnType<typeof moveComplementAs>;
  /** References of official tools for a slot, the last one first. */
  references(campaign: string, slot: string): Promise<readonly StoredReference[]>;
  /** What a person does to a slot. @throws {TrackerStoreError} `CHANGED_MEANWHILE` */
  moveSlot(order: SlotMoveOrder, author: Author): Promise<Outcome<MovedSlot>>;
  /** A whole chapter is deposited or validated. */
  moveChapter(...given: Tail<typeof moveChapterAs>): ReturnType<typeof moveChapterAs>;
  /** Pieces that people brought. */
  addEvidence(...given: Tail<typeof addEvidence>): ReturnType<typeof addEvidence>;
  settleEvidence(...given: Tail<typeof settleEvidence>): ReturnType<typeof settleEvidence>;
  fileEvidence(...given: Tail<typeof fileEvidence>): ReturnType<typeof fileEvidence>;
  withdrawEvidence(...given: Tail<typeof withdrawEvidence>): ReturnType<typeof withdrawEvidence>;
  removeEvidence(...given: Tail<typeof removeEvidence>): ReturnType<typeof removeEvidence>;
  /** Marks `perimee` what grew old. */
  refreshSlots(...given: Tail<typeof refreshSlots>): ReturnType<typeof refreshSlots>;
  evidence(id: string): Promise<StoredEvidence | undefined>;
  /** Brought to a campaign or serving it, the last brought first. */
  evidenceOfCampaign(campaign: string): Promise<readonly StoredEvidence[]>;
  evidenceOfSlots(...given: Tail<typeof evidenceOfSlots>): ReturnType<typeof evidenceOfSlots>;
  /** Hashes of the vault that pieces name. */
  evidenceHashes(): Promise<ReadonlySet<string>>;
  /** Orders of the book, by number. */
  orders(): Promise<readonly Order[]>;
  order(number: string): Promise<Order | undefined>;
  /** Adds and replaces orders, all of them or none. */
  importOrders(given: readonly Order[], author: Author): Promise<OrdersImport>;
  /** Requests for payment, oldest first; of one order when its number is given. */
  paymentRequests(order?: string): Promise<readonly PaymentRequest[]>;
  /** Adds and replaces requests, all of them or none; their histories only grow. */
  putPaymentRequests(given: readonly PaymentRequest[], author: Author): Promise<void>;
  /** Adds a status to one of the two files of a request. */
  appendStatus(request: string, part: RequestPart, change: StatusChange): Promise<PaymentRequest>;
  /** What `openNext` would do; writes nothing. @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN`, `CAMPAIGN_EXISTS` */
  previewNext(next: NextCampaign): Promise<PlannedCampaign>;
  /** Opens the campaign that follows another one. */
  openNext(...given: Tail<typeof openNext>): ReturnType<typeof openNext>;
  /** Everything that is kept of a campaign. @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN` */
  dumpCampaign(id: string): Promise<CampaignCopy>;
  /** Brings a campaign of another tracker. @throws {TrackerStoreError} `CAMPAIGN_EXISTS`, `COPY_BROKEN` */
  importCampaign(...given: Tail<typeof importCampaign>): ReturnType<typeof importCampaign>;
  /** Every row, as it is at one moment. */
  dump(): Promise<Copy>;
  /** Fills this tracker, which is empty. @throws {TrackerStoreError} `RESTORE_NOT_EMPTY`, `COPY_NEWER`, `COPY_BROKEN` */
  restore(copy: Copy): Promise<void>;
  accounts(): Promise<readonly Account[]>;
  accountKey(name: string): Promise<AccountKey | undefined>;
  accountOfIdentity(identity: string): Promise<Account | undefined>;
  addAccount(...given: Tail<typeof addAccount>): ReturnType<typeof addAccount>;
  changeAccount(...given: Tail<typeof changeAccount>): ReturnType<typeof changeAccount>;
  openSession(given: NewSession): Promise<void>;
  session(hash: string, at: string): Promise<Session | undefined>;
  touchSession(...given: Tail<typeof touchSession>): Promise<void>;
  closeSessions(...given: Tail<typeof closeSessions>): Promise<void>;
  apiTokens(account?: string): Promise<readonly ApiToken[]>;
  addToken(...given: Tail<typeof addToken>): Promise<ApiToken>;
  revokeToken(...given: Tail<typeof revokeToken>): ReturnType<typeof revokeToken>;
  tokenKey(hash: string, at: string): Promise<TokenKey | undefined>;
  touchToken(id: string, at: string): Promise<void>;
  webhooks(): Promise<readonly Webhook[]>;
  addWebhook(...given: Tail<typeof addWebhook>): Promise<Webhook>;
  removeWebhook(...given: Tail<typeof removeWebhook>): ReturnType<typeof removeWebhook>;
  claimWebhook(...given: Tail<typeof claimWebhook>): ReturnType<typeof claimWebhook>;
  settleWebhook(...given: Tail<typeof settleWebhook>): Promise<void>;
  /** The answer that a call had before. @throws {TrackerStoreError} `KEY_REUSED` */
  receipt(call: CallKey): Promise<string | undefined>;
  /** Lines of the audit, the last one first. */
  history(filter: HistoryFilter): Promise<readonly HistoryLine[]>;
  /** Number of the last line of the audit: nothing that a view shows changes without one. @param campaign only what it may show */
  lastChange(campaign?: string): Promise<number>;
  changesAfter(seen: number, limit: number): Promise<readonly HistoryLine[]>;
  /** Follows the chain of the audit; the first line that does not hold, if any. */
  verifyAudit(): Promise<BrokenChain | undefined>;
  close(): Promise<void>;
}

/** Where a tracker is: in the working folder, or in the database of a team. */
export interface TrackerPlace {
  /** Must exist. */
  readonly dataDir: string;
  /** `postgres://…`; `suivi.sqlite` of the folder when absent. */
  readonly url?: string;
}

/**
 * Opens (or makes) a tracker.
 *
 * @throws {TrackerStoreError}
 */
export async function openTracker({ dataDir, url }: TrackerPlace): Promise<Tracker> {
  const db = url === undefined ? openSqlite(join(dataDir, 'suivi.sqlite')) : await openPostgres(url);
  try {
    await digestOlderRuns(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    recordRun: (given) => recordRun(db, given),
    currentCampaign: () => currentCampaign(db),
    campaigns: () => campaigns(db),
    campaign: (id) => campaignOf(db, id),
    openCampaign: (...given) => openCampaign(db, ...given),
    changeCampaign: (...given) => changeCampaign(db, ...given),
    previewAdoption: (campaign, rem) => previewAdoption(db, campaign, rem),
    adoptRem: (campaign, rem, at, by) => adoptRem(db, campaign, rem, at, by),
    rem: (sha256) => remOf(db, sha256),
    slotStatuses: (campaign) => slotStatuses(db, campaign),
    runs: () => runLines(db),
    runPage: (filter) => runPage(db, filter),
    runsOf: (campaign) => runsOf(db, campaign),
    run: (id) => runRecord(db, id),
    runLine: (run) => runLineOf(db, run),
    latestResults: (campaign) => latestResults(db, campaign),
    piecesOf: (campaign, slot) => piecesOf(db, campaign, slot),
    piecesOfSlots: (campaign, slots) => piecesOfSlots(db, campaign, slots),
    referencesOfSlots: (campaign, slots) => referencesOfSlots(db, campaign, slots),
    piecesOfRun: (run) => piecesOfRun(db, run),
    piecesOfCampaign: (...given) => piecesOfCampaign(db, ...given),
    piece: (id) => pieceById(db, id),
    requirementFiles: (campaign) => requirementFiles(db, campaign),
    requirementFile: (campaign, requirement) => requirementFile(db, campaign, requirement),
    decide: (decision, author) => decide(db, decision, author),
    remarks: (campaign, requirement) => remarks(db, campaign, requirement),
    threads: (campaign) => threads(db, campaign),
    discuss: (...given) => discuss(db, ...given),
    complements: (campaign) => complements(db, campaign),
    enterComplement: (...given) => enterComplement(db, ...given),
    moveComplement: (...given) => moveComplementAs(db, ...given),
    references: (campaign, slot) => references(db, campaign, slot),
    moveSlot: (order, author) => moveSlotAs(db, order, author),
    moveChapter: (...given) => moveChapterAs(db, ...given),
    addEvidence: (...given) => addEvidence(db, ...given),
    settleEvidence: (...given) => settleEvidence(db, ...given),
    fileEvidence: (...given) => fileEvidence(db, ...given),
    withdrawEvidence: (...given) => withdrawEvidence(db, ...given),
    removeEvidence: (...given) => removeEvidence(db, ...given),
    refreshSlots: (...given) => refreshSlots(db, ...given),
    evidence: (id) => evidenceById(db, id),
    evidenceOfCampaign: (campaign) => evidenceOfCampaign(db, campaign),
    evidenceOfSlots: (...given) => evidenceOfSlots(db, ...given),
    evidenceHashes: () => evidenceHashes(db),
    orders: () => orders(db),
    order: (number) => orderNumbered(db, number),
    importOrders: (given, author) => importOrders(db, given, author),
    paymentRequests: (order) => paymentRequests(db, order),
    putPaymentRequests: (given, author) => putPaymentRequests(db, given, author),
    appendStatus: (request, part, change) => appendStatus(db, request, part, change),
    previewNext: (next) => previewNext(db, next),
    openNext: (...given) => openNext(db, ...given),
    dumpCampaign: (id) => dumpCampaign(db, id),
    importCampaign: (...given) => importCampaign(db, ...given),
    dump: () => dump(db),
    restore: (copy) => restore(db, copy, url === undefined ? 'sqlite' : 'postgres'),
    accounts: () => accounts(db),
    accountKey: (name) => accountKey(db, name),
    accountOfIdentity: (identity) => accountOfIdentity(db, identity),
    addAccount: (...given) => addAccount(db, ...given),
    changeAccount: (...given) => changeAccount(db, ...given),
    openSession: (given) => openSession(db, given),
    session: (hash, at) => sessionOf(db, hash, at),
    touchSession: (...given) => touchSession(db, ...given),
    closeSessions: (...given) => closeSessions(db, ...given),
    apiTokens: (account) => apiTokens(db, account),
    addToken: (...given) => addToken(db, ...given),
    revokeToken: (...given) => revokeToken(db, ...given),
    tokenKey: (hash, at) => tokenKey(db, hash, at),
    touchToken: (id, at) => touchToken(db, id, at),
    webhooks: () => webhooks(db),
    addWebhook: (...given) => addWebhook(db, ...given),
    removeWebhook: (...given) => removeWebhook(db, ...given),
    claimWebhook: (...given) => claimWebhook(db, ...given),
    settleWebhook: (...given) => settleWebhook(db, ...given),
    receipt: (call) => receiptOf(db, call),
    history: (filter) => history(db, filter),
    lastChange: (campaign) => lastChange(db, campaign),
    changesAfter: (seen, limit) => changesAfter(db, seen, limit),
    verifyAudit: () => verifyAudit(db),
    close: () => db.destroy(),
  };
}

export type { Adoption } from './adopt-rem.ts';
export { filesOf, sharedHashesOf, type CampaignCopy, type CampaignFile } from './campaign-copy.ts';
export type { BrokenChain } from './audit.ts';
export { TABLES, type Copy, type CopyHead, type Row } from './backup.ts';
export type { Author } from './author.ts';
export type { AccountChange, AccountKey, NewAccount } from './accounts.ts';
export type { CampaignChange, NewCampaign } from './campaign-changes.ts';
export type { ChapterOrder } from './chapter-moves.ts';
export type { HistoryFilter, HistoryLine } from './history.ts';
export type { CallKey } from './receipts.ts';
export type { NewSession, Session } from './sessions.ts';
export type { ApiToken, NewToken, TokenKey } from './tokens.ts';
export type { NewWebhook, Webhook, WebhookProgress } from './webhooks.ts';
export { TrackerStoreError, type TrackerStoreCode } from './errors.ts';
export type { Decision, RequirementFile } from './decisions.ts';
export type { NextCampaign, PlannedCampaign } from './succession.ts';
export type { StoredComplement } from './exchanges.ts';
export type { StoredReference } from './references.ts';
export type { ChangedEvidence } from './evidence.ts';
export type { FiledEvidence, Filing, StoredEvidence, WantedSlot } from './evidence-read.ts';
export type { MovedSlot, SlotMoveOrder } from './slot-moves.ts';
export type { OrdersImport } from './orders.ts';
export type { RequestPart } from './payment-requests.ts';
export type { Campaign, RunLine, StoredPiece } from './read.ts';
export type { RunToRecord } from './record-run.ts';
