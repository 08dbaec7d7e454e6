import type { ConformityScenario, ProofSlot } from '../rem/types.ts';
import { foldText } from './fold.ts';
import type { RequirementPair, SlotUnder } from './match-inside.ts';
import type { ProofChange, ProofEntry, SlotFacts } from './types.ts';

/** Scenarios and slots that came or went in one requirement, and slots that ask for something else. */
export function compareProofs(pair: RequirementPair): readonly ProofEntry[] {
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
    const changes = slotChanges(before.slot, after.slot);
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

/** What a slot asks for that another one does not: kinds of piece, choice, condition, who makes it; order does not count. */
export function slotChanges(before: ProofSlot, after: ProofSlot): readonly Exclude<ProofChange, 'scenario'>[] {
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
