import type { EvidenceClass, Requirement } from '#dsr/rem/index.ts';
import { carrierText, OWN_PRODUCT, requirementState } from '../../domain/index.ts';
import type { RequirementLineView } from '../types.ts';
import { slotStatesOf, type Board } from './board.ts';
import { countSlots, worstVerdict } from './counts.ts';

const CLASSES: readonly EvidenceClass[] = ['bench', 'rehearsal', 'human'];

const lines = new WeakMap<Board, readonly RequirementLineView[]>();

/** Lines of the requirements of declared profiles, in the order of the REM; made once for a board. */
export function requirementLines(board: Board): readonly RequirementLineView[] {
  const kept = lines.get(board) ?? board.applicable.map((requirement) => requirementLine(board, requirement));
  lines.set(board, kept);
  return kept;
}

export function requirementLine(board: Board, requirement: Requirement): RequirementLineView {
  const states = slotStatesOf(board, requirement);
  const classes = new Set(
    requirement.scenarios.flatMap((scenario) => scenario.proofs.map((slot) => slot.evidenceClass)),
  );
  const { carrier = OWN_PRODUCT, assignment = {} } = board.file(requirement.id);
  const leftOut = board.leftOut(requirement.id);
  return {
    id: requirement.id,
    title: titleOf(requirement),
    section: requirement.section,
    sectionTitle: requirement.sectionTitle,
    profile: requirement.profile,
    nature: requirement.nature,
    state: leftOut ? 'non-applicable' : states.length === 0 ? null : requirementState(states),
    verdict: worstVerdict(board.resultsOf(requirement.id).map(({ scenario }) => scenario.verdict)),
    slots: countSlots(states),
    classes: CLASSES.filter((each) => classes.has(each)),
    applicable: !leftOut,
    owner: assignment.owner ?? null,
    due: assignment.due ?? null,
    halfDays: assignment.halfDays ?? null,
    carrier: carrierText(carrier),
    openQuestions: board.questions(requirement.id),
  };
}

export function titleOf(requirement: Requirement): string {
  return requirement.title || requirement.statement || requirement.function || requirement.id;
}
