import { applicableRequirements } from '#dsr/catalogue/index.ts';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import { dueRequirements, openQuestions, type LatestResult } from '../../domain/index.ts';
import type { Campaign, RequirementFile, StoredComplement, Tracker } from '../../store/index.ts';
import type { SlotState, SlotStatus } from '../../types.ts';

/** Where a campaign stands: what every view is made from. */
export interface Board {
  readonly campaign: Campaign;
  readonly rem: Rem;
  /** Requirements of the declared profiles, in the order of the REM. */
  readonly applicable: readonly Requirement[];
  readonly latest: readonly LatestResult[];
  /** Requests of the authority, the last received first. */
  readonly complements: readonly StoredComplement[];
  slot(id: string): SlotStatus;
  /** Latest results of the scenarios that exercise a requirement. */
  resultsOf(requirement: string): readonly LatestResult[];
  /** What people decided about a requirement. */
  file(requirement: string): RequirementFile;
  /** Whether somebody said that a requirement of a declared profile does not apply. */
  leftOut(requirement: string): boolean;
  /** Questions about a requirement that nobody answered. */
  questions(requirement: string): number;
}

/** Lists of requirements, by their hash: one never changes. */
export type Rems = Map<string, Rem>;

/** Undefined when the store no longer has the list of the campaign. */
export async function readBoard(tracker: Tracker, campaign: Campaign, rems: Rems): Promise<Board | undefined> {
  const rem = rems.get(campaign.remSha256) ?? (await tracker.rem(campaign.remSha256));
  if (!rem) return undefined;
  rems.set(campaign.remSha256, rem);
  const [statuses, latest, files, threads, complements] = await Promise.all([
    tracker.slotStatuses(campaign.id),
    tracker.latestResults(campaign.id),
    tracker.requirementFiles(campaign.id),
    tracker.threads(campaign.id),
    tracker.complements(campaign.id),
  ]);
  const bySlot = new Map(statuses.map((status) => [status.slot, status]));
  const byRequirement = new Map<string, LatestResult[]>();
  for (const result of latest) {
    for (const id of result.scenario.requirements) {
      const results = byRequirement.get(id);
      if (results === undefined) byRequirement.set(id, [result]);
      else results.push(result);
    }
  }
  const decided = new Map(files.map((file) => [file.requirement, file]));
  return {
    campaign,
    rem,
    applicable: applicableRequirements(rem, campaign.profiles),
    latest,
    complements,
    slot: (id) => bySlot.get(id) ?? { slot: id, state: 'vide' },
    resultsOf: (id) => byRequirement.get(id) ?? [],
    file: (id) => decided.get(id) ?? { requirement: id, revision: 0 },
    leftOut: (id) => decided.get(id)?.notApplicable !== undefined,
    questions: (id) => openQuestions(threads.get(id) ?? []).length,
  };
}

/** Requirements whose proofs the dossier asks for. */
export function dueOf(board: Board): readonly Requirement[] {
  return dueRequirements(board.applicable, (id) => board.leftOut(id));
}

/** States of the slots of a requirement: none when somebody left it out. */
export function slotStatesOf(board: Board, requirement: Requirement): readonly SlotState[] {
  if (board.leftOut(requirement.id)) return [];
  return requirement.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => board.slot(slot.id).state));
}
