import type { ConformityScenario, ProofSlot } from '../rem/types.ts';
import { foldText, sameText } from './fold.ts';
import type { RequirementPair, SlotUnder } from './match-inside.ts';
import type { ProofChange, ProofEntry, SlotFacts } from './types.ts';

/**
 * Scenarios and slots that came or went in one requirement, and slots that ask for something else.
 *
 * @param wording whether both REMs hold the official text
 */
export function compareProofs(pair: RequirementPair, wording: boolean): readonly ProofEntry[] {
  const id = pair.after.id;
  const scenario = (change: 'added' | 'removed', { id: target, text }: ConformityScenario): ProofEntry => ({
    id,
    level: 'scenario',
    target,
    changes: [change],
    text,
    before: null,
    after: null,
  });
  const lone = (change: 'added' | 'removed', { slot }: SlotUnder): ProofEntry => ({
    id,
    level: 'slot',
    target: slot.id,
    changes: [change],
    text: slot.text,
    before: change === 'removed' ? slotFacts(slot) : null,
    after: change === 'added' ? slotFacts(slot) : null,
  });
  const counterparts = new Map(pair.scenarios.map(({ before, after }) => [before, after]));
  const changed = pair.slots.flatMap(({ before, after }): readonly ProofEntry[] => {
    const changes = slotChanges(before.slot, after.slot, wording);
    const moved = counterparts.get(before.scenario) !== after.scenario;
    if (changes.length === 0 && !moved) return [];
    return [
      {
        id,
        level: 'slot',
        target: after.slot.id,
        changes: moved ? [...changes, 'scenario'] : changes,
        text: '',
        before: slotFacts(before.slot),
        after: slotFacts(after.slot),
      },
    ];
  });
  return [
    ...pair.addedScenarios.map((each) => scenario('added', each)),
    ...pair.removedScenarios.map((each) => scenario('removed', each)),
    ...pair.addedSlots.map((each) => lone('added', each)),
    ...pair.removedSlots.map((each) => lone('removed', each)),
    ...changed,
  ];
}

/**
 * What a slot asks for that another one does not: kinds of piece, choice, condition, who makes it; order does not count.
 *
 * Two official texts that read the same ask for the same: a difference then only comes from which entry of the catalogue
 * the number met, not from the list. What a user said of a slot is no change of the list either.
 *
 * @param wording whether both slots hold the official text
 */
export function slotChanges(
  before: ProofSlot,
  after: ProofSlot,
  wording: boolean,
): readonly Exclude<ProofChange, 'scenario'>[] {
  if (wording && sameText(before.text, after.text)) return [];
  if (before.classifiedBy === 'user' || after.classifiedBy === 'user') return [];
  const changes: Exclude<ProofChange, 'scenario'>[] = [];
  const set = (values: readonly string[]): string => [...new Set(values)].toSorted().join(' ');
  const choices = (slot: ProofSlot): string => set((slot.alternatives ?? []).map((kinds) => set(kinds) || '-'));
  if (set(before.kinds) !== set(after.kinds)) changes.push('kinds');
  if (choices(before) !== choices(after)) changes.push('alternatives');
  if (before.evidenceClass !== after.evidenceClass) changes.push('class');
  if (foldText(before.condition ?? '') !== foldText(after.condition ?? '')) changes.push('condition');
  return changes;
}

function slotFacts(slot: ProofSlot): SlotFacts {
  return {
    kinds: slot.kinds,
    alternatives: slot.alternatives ?? [],
    condition: slot.condition ?? '',
    evidenceClass: slot.evidenceClass,
  };
}
