import { findRequirement, findSlot } from '#dsr/rem/index.ts';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import type { Desk } from '#evidence/intake/index.ts';
import type { Outcome } from '../../domain/index.ts';
import type { Campaign, Tracker } from '../../store/index.ts';
import type { Calculators } from '../calculators.ts';
import type { DossierDesk } from '../dossier-port.ts';
import type { Call } from '../contract/index.ts';
import type { Entry } from '../entry/types.ts';
import type { ChangeFeed } from '../events/feed.ts';
import { givenProblem, problem } from '../problems/index.ts';
import type { MoneyTables } from '../views/money.ts';
import type { Readers } from '../readers.ts';
import { readBoard, type Board, type Rems } from '../views/board.ts';
import type { RunResults } from '../views/results.ts';

/** A board is a megabyte or so. */
const MOST_BOARDS = 40;

/** What handlers are given by who starts the server. */
export interface Deps {
  readonly tracker: Tracker;
  readonly rems: Rems;
  /** Boards that were made, by campaign, each with the change that it shows. */
  readonly boards: Map<string, { readonly change: number; readonly board: Promise<Board | undefined> }>;
  readonly results: RunResults;
  readonly entry: Entry;
  readonly feed: ChangeFeed;
  readonly now: () => Date;
  /** Of Jalon. */
  readonly version: string;
  readonly calculators?: Calculators | undefined;
  readonly readers?: Readers | undefined;
  /** Takes the pieces that people bring. */
  readonly desk?: Desk | undefined;
  /** Writes and verifies dossiers. */
  readonly dossiers?: DossierDesk | undefined;
  readonly money: MoneyTables;
}

/** The campaign of a path; `current` is the one that was worked on last. @throws {Problem} 404 */
export async function campaignOf({ tracker }: Deps, id: string): Promise<Campaign> {
  const campaign = id === 'current' ? await tracker.currentCampaign() : await tracker.campaign(id);
  if (campaign) return campaign;
  throw id === 'current' ? problem('AUCUNE_CAMPAGNE') : problem('CAMPAGNE_INCONNUE', { id: id.slice(0, 40) });
}

/** Where a campaign stands; made again once something of it changed. @throws {Problem} 404 */
export async function boardOf(deps: Deps, id: string): Promise<Board> {
  const campaign = await campaignOf(deps, id);
  const change = await deps.tracker.lastChange(campaign.id);
  const kept = deps.boards.get(campaign.id);
  const board = kept?.change === change ? kept.board : readBoard(deps.tracker, campaign, deps.rems);
  // Kept while it is made: those who ask meanwhile wait for the same one.
  deps.boards.delete(campaign.id);
  deps.boards.set(campaign.id, { change, board });
  const [oldest] = deps.boards.keys();
  if (deps.boards.size > MOST_BOARDS && oldest !== undefined) deps.boards.delete(oldest);
  const made = await board.catch((error: unknown) => {
    deps.boards.delete(campaign.id);
    throw error;
  });
  if (made === undefined) throw problem('CAMPAGNE_INCONNUE', { id: id.slice(0, 40) });
  return made;
}

/** The list of requirements of a campaign. @throws {Problem} 404 */
export async function remOf({ tracker, rems }: Deps, campaign: Campaign): Promise<Rem> {
  const rem = rems.get(campaign.remSha256) ?? (await tracker.rem(campaign.remSha256));
  if (rem === undefined) throw problem('CAMPAGNE_INCONNUE', { id: campaign.id });
  rems.set(campaign.remSha256, rem);
  return rem;
}

/** @throws {Problem} 404 `EXIGENCE_INCONNUE` */
export function requirementIn(rem: Rem, id: string): Requirement {
  const requirement = findRequirement(rem, id);
  if (requirement) return requirement;
  throw problem('EXIGENCE_INCONNUE', { id: id.slice(0, 60) });
}

/** @throws {Problem} 404 `PREUVE_INCONNUE` */
export function slotIn(rem: Rem, id: string): { readonly id: string; readonly requirement: Requirement } {
  const place = findSlot(rem, id);
  if (place) return { id: place.slot.id, requirement: place.requirement };
  throw problem('PREUVE_INCONNUE', { id: id.slice(0, 60) });
}

/** What the domain gives, or its refusal as an answer. @throws {Problem} */
export function granted<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  const refused = givenProblem(outcome.refusal);
  if (refused !== undefined) throw refused;
  throw new TypeError(`refus sans description publiée : ${outcome.refusal.code}`);
}

/** @throws {Problem} 404 `CALCUL_ABSENT` when the server was started without it */
export function need<Port>(port: Port | undefined): Port {
  if (port !== undefined) return port;
  throw problem('CALCUL_ABSENT');
}

/** Parameters of the paths under a requirement. */
export const REQUIREMENT_PARAMETERS = {
  campaign: 'Identifiant de la campagne, ou « current »',
  requirement: 'Numéro d’exigence, barre encodée : INS%2Fva1.28',
} as const;

/** The campaign and the requirement of a path. @throws {Problem} 404 */
export async function requirementOf(
  deps: Deps,
  params: Call['params'],
): Promise<{ readonly campaign: Campaign; readonly requirement: Requirement }> {
  const campaign = await campaignOf(deps, params['campaign'] ?? '');
  return { campaign, requirement: requirementIn(await remOf(deps, campaign), params['requirement'] ?? '') };
}
