import { applicableRequirements } from '#dsr/catalogue/index.ts';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import type { Campaign, Tracker } from '../../store/index.ts';
import type { SlotState, SlotStatus } from '../../types.ts';
import type { Digests, LatestResult } from './digests.ts';

/** Where the current campaign stands: what every view is made from. */
export interface Board {
  readonly campaign: Campaign;
  readonly rem: Rem;
  /** Requirements of the declared profiles, in the order of the REM. */
  readonly applicable: readonly Requirement[];
  readonly latest: readonly LatestResult[];
  slot(id: string): SlotStatus;
  /** Latest results of the scenarios that exercise a requirement. */
  resultsOf(requirement: string): readonly LatestResult[];
}

/** Undefined before the first run. */
export async function readBoard(
  tracker: Tracker,
  digests: Digests,
  rems: Map<string, Rem>,
): Promise<Board | undefined> {
  const campaign = await tracker.currentCampaign();
  if (!campaign) return undefined;
  const rem = rems.get(campaign.remSha256) ?? (await tracker.rem(campaign.remSha256));
  if (!rem) return undefined;
  // A REM is known by its hash and never changes.
  rems.set(campaign.remSha256, rem);
  const statuses = new Map((await tracker.slotStatuses(campaign.id)).map((status) => [status.slot, status]));
  const latest = await digests.latest(campaign.id);
  const byRequirement = new Map<string, LatestResult[]>();
  for (const result of latest) {
    for (const id of result.scenario.requirements) byRequirement.set(id, [...(byRequirement.get(id) ?? []), result]);
  }
  return {
    campaign,
    rem,
    applicable: applicableRequirements(rem, campaign.profiles),
    latest,
    slot: (id) => statuses.get(id) ?? { slot: id, state: 'vide' },
    resultsOf: (id) => byRequirement.get(id) ?? [],
  };
}

export function slotStatesOf(board: Board, requirement: Requirement): readonly SlotState[] {
  return requirement.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => board.slot(slot.id).state));
}
