import { isUnder } from '../rem/id.ts';
import type { ConformityScenario, ProofSlot, Requirement } from '../rem/types.ts';
import { pairUp, type Paired } from './pair-up.ts';
import type { Correspondence } from './types.ts';

/** A slot with its scenario. */
export interface SlotUnder {
  readonly slot: ProofSlot;
  readonly scenario: ConformityScenario;
}

/** A requirement and what it became, down to the slots. */
export interface RequirementPair {
  readonly before: Requirement;
  readonly after: Requirement;
  readonly how: Correspondence;
  readonly scenarios: readonly Paired<ConformityScenario>[];
  readonly removedScenarios: readonly ConformityScenario[];
  readonly addedScenarios: readonly ConformityScenario[];
  readonly slots: readonly Paired<SlotUnder>[];
  readonly removedSlots: readonly SlotUnder[];
  readonly addedSlots: readonly SlotUnder[];
}

/** Number under a parent, or the whole number when it does not stand under it. */
export function relativeId(id: string, parent: string): string {
  return isUnder(id, parent) ? id.slice(parent.length + 1) : id;
}

/**
 * Pairs the scenarios and slots of two requirements that are the same one.
 *
 * @param wording false when one side has no official text: numbers alone then speak
 */
export function matchInside(
  before: Requirement,
  after: Requirement,
  how: Correspondence,
  wording: boolean,
): RequirementPair {
  const text = (item: { readonly text: string }): string => (wording ? item.text : '');
  const parent = { before: before.id, after: after.id };
  const scenarios = pairUp(before.scenarios, after.scenarios, {
    key: (scenario, side) => relativeId(scenario.id, parent[side]),
    text,
  });

  const slots: Paired<SlotUnder>[] = [];
  const removed: SlotUnder[] = [];
  const added: SlotUnder[] = [];
  const under = (scenario: ConformityScenario): readonly SlotUnder[] =>
    scenario.proofs.map((slot) => ({ slot, scenario }));
  for (const pair of scenarios.pairs) {
    const inside = pairUp(under(pair.before), under(pair.after), {
      key: ({ slot, scenario }) => relativeId(slot.id, scenario.id),
      text: ({ slot }) => text(slot),
    });
    slots.push(...inside.pairs);
    removed.push(...inside.removed);
    added.push(...inside.added);
  }
  // What left its scenario may stand under another one of the same requirement.
  const rest = pairUp(
    [...removed, ...scenarios.removed.flatMap(under)],
    [...added, ...scenarios.added.flatMap(under)],
    { key: ({ slot }, side) => relativeId(slot.id, parent[side]), text: ({ slot }) => text(slot) },
  );
  return {
    before,
    after,
    how,
    scenarios: scenarios.pairs,
    removedScenarios: scenarios.removed,
    addedScenarios: scenarios.added,
    slots: [...slots, ...rest.pairs],
    removedSlots: rest.removed,
    addedSlots: rest.added,
  };
}
