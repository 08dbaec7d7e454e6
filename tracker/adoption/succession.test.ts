import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import type { SlotState } from '../types.ts';
import { planSuccession, type CampaignSide, type Decisions } from './index.ts';

const WAVE_1: Rem = { ...loadCatalogue('SGL', 'va1'), layout: 'rem-wave1', sha256: '1'.repeat(64), source: 'va1.xlsx' };
const WAVE_2: Rem = { ...loadCatalogue('SGL', 'va2'), layout: 'rem-wave2', sha256: '2'.repeat(64), source: 'va2.xlsx' };
const side = (rem: Rem, version = '1.0'): CampaignSide => ({
  product: { name: 'Labo', version },
  rem,
  profiles: ['general'],
});
const [FIRST] = slotsOf(WAVE_1.requirements);
const SLOT = FIRST!.slot.id;
const REQUIREMENT = FIRST!.requirement.id;

const reworded: Rem = {
  ...WAVE_1,
  sha256: '3'.repeat(64),
  requirements: WAVE_1.requirements.map((one) =>
    one.id === REQUIREMENT
      ? { ...one, statement: `${one.title} : un tout autre énoncé, plus long que le premier` }
      : one,
  ),
};
const decision: Decisions = {
  requirement: REQUIREMENT,
  notApplicable: { condition: 'Si…', reason: 'Sans objet ici.', author: 'camille', at: '2026-01-01T00:00:00Z' },
  carrier: { kind: 'partenaire', product: 'PFI', editor: 'X', reference: 'NIL-1' },
  assignment: { owner: 'camille', due: '2026-03-01' as CivilDate, halfDays: 2 },
};
const plan = (before: CampaignSide, after: CampaignSide, state: SlotState = 'recueillie') => {
  const succession = planSuccession(before, after, [{ slot: SLOT, state }], [decision]);
  return { ...succession, slot: succession.slots.find(({ from }) => from === SLOT) };
};

describe('from one campaign to the next', () => {
  it('of another version of the product: every piece is to be made again', () => {
    const { kinds, slot, slots } = plan(side(WAVE_1), side(WAVE_1, '2.0'));
    expect(kinds).toEqual(['version']);
    expect(slot).toMatchObject({ state: 'perimee', reason: expect.stringContaining('version 1.0') });
    expect(slots).toHaveLength(slotsOf(WAVE_1.requirements).length);
    expect(slots.filter(({ state }) => state !== 'vide')).toHaveLength(1);
  });

  it('of another REM: what reads the same stands, the rest is out of date', () => {
    expect(plan(side(WAVE_1), side({ ...WAVE_1, sha256: '4'.repeat(64) }))).toMatchObject({
      kinds: ['rem'],
      slot: { state: 'recueillie', reason: '' },
    });
    expect(plan(side(WAVE_1), side(reworded)).slot).toMatchObject({
      state: 'perimee',
      reason: expect.stringContaining('énoncé'),
    });
  });

  it('of another couloir: somebody looks again at what reads the same', () => {
    const { kinds, slot } = plan(
      side(WAVE_1),
      side({ ...WAVE_1, category: 'LGC', sha256: '5'.repeat(64) }),
      'acceptee',
    );
    expect(kinds).toEqual(['couloir']);
    expect(slot).toMatchObject({ was: 'acceptee', state: 'a-revoir', reason: expect.stringContaining('SGL vague 1') });
  });

  it('of the next wave: what is gone is told, and stays where it was', () => {
    const all = slotsOf(WAVE_1.requirements).map(({ slot }) => ({ slot: slot.id, state: 'acceptee' as const }));
    const { kinds, slots, left } = planSuccession(side(WAVE_1), side(WAVE_2), all, []);
    expect(kinds).toEqual(['vague']);
    expect(slots.map(({ slot }) => slot).toSorted()).toEqual(
      slotsOf(WAVE_2.requirements)
        .map(({ slot }) => slot.id)
        .toSorted(),
    );
    const carried = new Set(slots.flatMap(({ from }) => from ?? []));
    expect(left.slots).toHaveLength(all.filter(({ slot }) => !carried.has(slot)).length);
    for (const { state } of slots) expect(['vide', 'perimee', 'a-revoir']).toContain(state);
  });

  it('decisions follow their requirement; dates do not, and what must be read again is said', () => {
    const { decisions } = plan(side(WAVE_1), side(reworded));
    expect(decisions).toMatchObject([
      { requirement: REQUIREMENT, from: REQUIREMENT, assignment: { owner: 'camille', halfDays: 2 } },
    ]);
    expect(decisions[0]?.assignment).not.toHaveProperty('due');
    expect(decisions[0]?.toConfirm).toHaveLength(2);
    const without = {
      ...WAVE_1,
      sha256: '6'.repeat(64),
      requirements: WAVE_1.requirements.filter(({ id }) => id !== REQUIREMENT),
    };
    expect(plan(side(WAVE_1), side(without)).left).toEqual({
      slots: [{ slot: SLOT, was: 'recueillie' }],
      requirements: [REQUIREMENT],
    });
  });

  it('never brings a state that the authority gave into another file', () => {
    const states: readonly SlotState[] = [
      'rejouee',
      'recueillie',
      'validee-interne',
      'deposee',
      'complement-demande',
      'acceptee',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.constantFrom('2.0', '1.0'),
        fc.constantFrom(WAVE_1, WAVE_2, reworded),
        (state, version, rem) => {
          const { kinds, slots } = planSuccession(side(WAVE_1), side(rem, version), [{ slot: SLOT, state }], []);
          if (kinds.length === 0) return;
          for (const one of slots)
            if (!kinds.includes('rem')) expect(['vide', 'perimee', 'a-revoir']).toContain(one.state);
        },
      ),
      { numRuns: 20 },
    );
  });
});
