import { compareSections, findRequirement } from '#dsr/catalogue/index.ts';
import { referenceLabels } from '#dsr/references/index.ts';
import type { Requirement } from '#dsr/rem/index.ts';
import type { Tracker } from '../../store/index.ts';
import type { ConformityScenarioView, FindingView, RequirementView } from '../types.ts';
import type { Board } from './board.ts';
import { complementView, isAbout, requirementFileView, slotExtras } from './people.ts';
import { pieceView } from './piece.ts';
import { requirementLine } from './requirement-line.ts';
import type { RunResults } from './results.ts';

/** @returns undefined when the REM of the campaign has no requirement of that id */
export async function requirementView(
  tracker: Tracker,
  board: Board,
  id: string,
  { now, results }: { readonly now: Date; readonly results: RunResults },
): Promise<RequirementView | undefined> {
  const requirement = findRequirement(board.rem, id);
  if (!requirement) return undefined;
  const official = board.rem.layout !== 'catalogue';
  const order = board.applicable.toSorted((left, right) => compareSections(left.section, right.section));
  const rank = order.findIndex((each) => each.id === requirement.id);
  return {
    ...requirementLine(board, requirement),
    statement: requirement.statement,
    rawId: requirement.rawId,
    previousIds: requirement.previousIds,
    block: requirement.block,
    function: requirement.function,
    observable: requirement.observable ?? [],
    observation: requirement.observation ?? '',
    references: referenceLabels(requirement.references ?? [], board.rem.category, board.rem.wave),
    applicable: rank >= 0 && !board.leftOut(requirement.id),
    file: requirementFileView(requirement, board.campaign.profiles, board.file(requirement.id)),
    remarks: await tracker.remarks(board.campaign.id, requirement.id),
    complements: board.complements
      .filter(({ complement }) => isAbout(complement, requirement))
      .map((stored) => complementView(stored, now)),
    scenarios: await scenarios(tracker, board, requirement, official),
    played: board.resultsOf(requirement.id).map(({ run, startedAt, scenario }) => ({
      id: scenario.id,
      name: scenario.name,
      run,
      startedAt,
      verdict: scenario.verdict,
      cause: scenario.cause,
      reason: scenario.reason,
    })),
    findings: await findings(results, board, requirement.id),
    previous: rank > 0 ? (order[rank - 1]?.id ?? null) : null,
    next: rank >= 0 ? (order[rank + 1]?.id ?? null) : null,
  };
}

async function scenarios(
  tracker: Tracker,
  board: Board,
  requirement: Requirement,
  official: boolean,
): Promise<readonly ConformityScenarioView[]> {
  const ids = requirement.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => slot.id));
  const [pieces, externals, brought] = await Promise.all([
    tracker.piecesOfSlots(board.campaign.id, ids),
    tracker.referencesOfSlots(board.campaign.id, ids),
    tracker.evidenceOfSlots(board.campaign.id, ids),
  ]);
  const views: ConformityScenarioView[] = [];
  for (const scenario of requirement.scenarios) {
    const slots: ConformityScenarioView['slots'][number][] = [];
    for (const slot of scenario.proofs) {
      const status = board.slot(slot.id);
      slots.push({
        id: slot.id,
        title: slot.title ?? slot.text,
        text: official ? slot.text : '',
        kinds: slot.kinds,
        alternatives: slot.alternatives ?? [],
        condition: slot.condition ?? null,
        evidenceClass: slot.evidenceClass,
        classifiedReason: slot.classifiedReason ?? null,
        state: status.state,
        reason: status.reason ?? null,
        updatedAt: status.updatedAt ?? null,
        run: status.run ?? null,
        pieces: (pieces.get(slot.id) ?? []).map(pieceView),
        ...slotExtras(status, externals.get(slot.id) ?? [], brought.get(slot.id) ?? []),
      });
    }
    views.push({ id: scenario.id, title: scenario.title ?? scenario.text, text: official ? scenario.text : '', slots });
  }
  return views;
}

const SEVERITY = ['error', 'warning', 'info'] as const;

/** What the latest results say of a requirement, in the scenarios that exercise it and in passing elsewhere. */
async function findings(results: RunResults, board: Board, id: string): Promise<readonly FindingView[]> {
  // The scenarios of the requirement speak first; a finding that others only repeat is said once.
  const latest = board.latest.toSorted(
    (left, right) => Number(right.scenario.requirements.includes(id)) - Number(left.scenario.requirements.includes(id)),
  );
  const views = new Map<string, FindingView>();
  for (const { run, scenario } of latest) {
    const exercises = scenario.requirements.includes(id);
    if (!exercises && !scenario.mentions.includes(id)) continue;
    const result = (await results(run)).get(scenario.id);
    if (!result) continue;
    const about = [
      // A finding that names no requirement speaks for the scenario it decided.
      ...result.findings.filter(
        ({ requirements }) => requirements.includes(id) || (exercises && requirements.length === 0),
      ),
      ...result.otherFindings.filter(({ requirements }) => requirements.includes(id)),
    ];
    for (const finding of about) {
      const key = JSON.stringify([finding.rule, finding.where, finding.received]);
      if (!views.has(key)) views.set(key, { ...finding, scenario: result.id, scenarioName: result.name, run });
    }
  }
  return [...views.values()].toSorted(
    (left, right) => SEVERITY.indexOf(left.severity) - SEVERITY.indexOf(right.severity),
  );
}
