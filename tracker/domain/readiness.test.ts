import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import type { SlotState } from '../types.ts';
import { chapterState } from './chapter-state.ts';
import { dueRequirements, readinessOf } from './readiness.ts';
import { SLOT_STATES } from './slot-moves.ts';

const REM = loadCatalogue('SGL', 'va2');
const DUE = dueRequirements(REM.requirements, () => false);
const SLOTS = DUE.flatMap(({ scenarios }) => scenarios.flatMap(({ proofs }) => proofs.map(({ id }) => id)));
const all = (state: SlotState) => readinessOf(DUE, (slot) => ({ slot, state }));

describe('what a dossier lacks', () => {
  it('is told slot by slot, in the order of the list, each slot once', () => {
    const states = new Map(SLOTS.map((slot, rank) => [slot, SLOT_STATES[rank % SLOT_STATES.length] ?? 'vide']));
    const readiness = readinessOf(DUE, (slot) => ({ slot, state: states.get(slot) ?? 'vide', reason: 'version' }));
    const { ready, missing, stale, rehearsalOnly, toReview } = readiness;
    const lists = { ready, missing, stale, rehearsalOnly, toReview };
    expect(
      Object.values(lists)
        .flat()
        .map(({ slot }) => slot)
        .toSorted(),
    ).toEqual(SLOTS.toSorted());
    for (const list of Object.values(lists)) {
      const ranks = list.map(({ slot }) => SLOTS.indexOf(slot));
      expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
    }
    expect(new Set(missing.map(({ state }) => state))).toEqual(new Set(['vide', 'complement-demande']));
    expect(stale[0]).toMatchObject({ state: 'perimee', reason: 'version' });
    expect(readiness).toMatchObject({ complete: false, total: SLOTS.length });
  });

  it.each(SLOT_STATES)('agrees with the state of a chapter whose slots are all « %s »', (state) => {
    const complete = chapterState(SLOTS.map(() => state)) !== 'incomplet' && state !== 'complement-demande';
    expect(all(state).complete).toBe(complete);
  });

  it('asks neither for what is only recommended, nor for what was left out', () => {
    expect(REM.requirements.some(({ nature, scenarios }) => nature === 'PEUT' && scenarios.length > 0)).toBe(true);
    expect(DUE.every(({ nature }) => nature === 'DOIT')).toBe(true);
    const [first] = DUE;
    expect(dueRequirements(REM.requirements, (id) => id === first?.id)).not.toContain(first);
  });
});
