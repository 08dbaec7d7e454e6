import { basename } from 'node:path/posix';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import { runVerdict } from '#tracker/domain/index.ts';
import type { Tracker } from '#tracker/store/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { count, moment, VERDICTS } from '../words/index.ts';
import type { CampaignProgress, SlotProgress } from './types.ts';

/** The part of the tracker that is read. */
export type ProgressSource = Pick<Tracker, 'slotStatuses' | 'piecesOf' | 'runs' | 'run'>;

/**
 * Where a campaign stands on a Rem: states, pieces and last run of its slots, and what was concluded of its
 * requirements.
 *
 * @param campaign with the product that it is about
 * @throws what the store throws when it cannot be read
 */
export async function readProgress(
  tracker: ProgressSource,
  campaign: Pick<CampaignProgress, 'id' | 'product'>,
  rem: Rem,
): Promise<CampaignProgress> {
  const runs = await tracker.runs();
  const startedAt = new Map(runs.map((run) => [run.id, run.startedAt]));
  const slots = new Map<string, SlotProgress>();
  for (const { slot, state, run, updatedAt } of await tracker.slotStatuses(campaign.id)) {
    const pieces = await tracker.piecesOf(campaign.id, slot);
    // The newest run that left something: what earlier ones left was replaced by it.
    const newest = pieces.filter((piece) => piece.run === pieces[0]?.run);
    const at = (run === undefined ? undefined : startedAt.get(run)) ?? updatedAt;
    slots.set(slot, {
      state,
      pieces: [...new Set(newest.map(({ piece }) => basename(piece.path)))],
      ...(at === undefined ? {} : { lastRun: run === undefined ? moment(at) : `${moment(at)} (${run})` }),
    });
  }
  const results = await latestResults(tracker, campaign.id);
  const conform = new Map<string, string>();
  for (const requirement of rem.requirements) {
    const judged = results.filter((result) => result.requirements.includes(requirement.id));
    if (judged.length > 0) conform.set(requirement.id, conclusion(requirement, judged));
  }
  return { id: campaign.id, product: campaign.product, slots, conform };
}

/** One result per scenario of the suite: the newest run that judged it, since a run may play a part of the suite only. */
async function latestResults(tracker: ProgressSource, campaign: string): Promise<readonly ScenarioResult[]> {
  const results = new Map<string, ScenarioResult>();
  for (const line of await tracker.runs()) {
    if (line.campaign !== campaign) continue;
    const run = (await tracker.run(line.id))?.run;
    // A product made faulty on purpose says nothing of the product.
    if (run === undefined || run.faults.length > 0) continue;
    for (const scenario of run.scenarios) {
      if (scenario.cause !== 'interrompu' && !results.has(scenario.id)) results.set(scenario.id, scenario);
    }
  }
  return [...results.values()];
}

/** The worst verdict speaks; a green one says how much of the requirement it covers, when that is not all of it. */
function conclusion(requirement: Requirement, judged: readonly ScenarioResult[]): string {
  const verdict = runVerdict(judged);
  const word = VERDICTS[verdict].label.toLowerCase();
  if (verdict !== 'conforme') return word;
  const played = new Set(judged.flatMap((result) => result.slots));
  const asked = requirement.scenarios.filter((scenario) => scenario.proofs.length > 0);
  const seen = asked.filter((scenario) => scenario.proofs.some((proof) => played.has(proof.id)));
  return seen.length === asked.length
    ? word
    : `${word} en partie (${count(seen.length, 'scénario')} sur ${asked.length})`;
}
