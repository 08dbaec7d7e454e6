import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { slotsOf, type Rem, type Requirement } from '#dsr/rem/index.ts';
import type { SlotState, SlotStatus } from '../types.ts';
import { adoptedSlots, carryOver } from './index.ts';

const SHA = 'a'.repeat(64);

function requirement(id: string, more: Partial<Requirement> = {}, proofs: readonly string[] = ['Vidéo']): Requirement {
  return {
    id,
    rawId: id,
    previousIds: [],
    profile: 'Général',
    section: 'INS',
    sectionTitle: '',
    block: '',
    function: '',
    nature: 'DOIT',
    title: '',
    statement: `Le système DOIT faire ce que dit l’exigence ${id}.`,
    scenarios: [
      {
        id: `${id}.01`,
        rawId: `${id}.01`,
        text: 'Faire les gestes',
        proofs: proofs.map((text, rank) => ({
          id: `${id}.01.0${rank + 1}`,
          rawId: '',
          text,
          kinds: ['video'],
          evidenceClass: 'human',
        })),
      },
    ],
    ...more,
  };
}

const rem = (requirements: readonly Requirement[], more: Partial<Rem> = {}): Rem => ({
  category: 'SGL',
  wave: 'va1',
  layout: 'rem-wave1',
  sha256: SHA,
  source: 'essai.xlsx',
  requirements,
  obsolete: [],
  ...more,
});

const status = (slot: string, state: SlotState = 'recueillie'): SlotStatus => ({
  slot,
  state,
  run: 'r1',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

/** What becomes of the one slot of a requirement that had a piece. */
function fate(before: Requirement, after: Requirement, profiles?: readonly string[], state: SlotState = 'recueillie') {
  const { slots } = carryOver(rem([before]), rem([after]), [status('INS/va1.01.01.01', state)], profiles);
  return slots[0];
}

const OLD = requirement('INS/va1.01');
const withScenario = (more: Partial<Requirement['scenarios'][number]>): Requirement => ({
  ...OLD,
  scenarios: OLD.scenarios.map((each) => ({ ...each, ...more })),
});
const withSlot = (more: Partial<Requirement['scenarios'][number]['proofs'][number]>): Requirement =>
  withScenario({ proofs: OLD.scenarios[0]!.proofs.map((each) => ({ ...each, ...more })) });

describe('carryOver', () => {
  it('keeps the state where nothing changed, typography aside', () => {
    expect(fate(OLD, withSlot({ text: ' Vidéo\u00A0' }))).toEqual({
      slot: 'INS/va1.01.01.01',
      from: 'INS/va1.01.01.01',
      was: 'recueillie',
      state: 'recueillie',
      why: 'same',
      reason: '',
      note: '',
      run: 'r1',
      updatedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each<[string, Requirement, string]>([
    ['proof', withSlot({ text: 'Capture' }), 'Le texte de la preuve a changé.'],
    ['scenario', withScenario({ text: 'Faire d’autres gestes' }), 'Les étapes du scénario ont changé.'],
    ['statement', { ...OLD, statement: 'Le système DOIT tout.' }, 'L’énoncé de l’exigence a changé.'],
    [
      'proof and what it asks for',
      withSlot({ text: 'Journal', kinds: ['log'], evidenceClass: 'bench', condition: 'cas 2' }),
      'Le texte de la preuve a changé ; les pièces attendues ont changé ; la classe de preuve a changé ; le cas où la preuve est due a changé.',
    ],
  ])('is out of date when the %s changed, whatever was said of it', (_, after, reason) => {
    expect(fate(OLD, after)).toMatchObject({ state: 'perimee', why: 'changed', reason });
    expect(fate(OLD, after, undefined, 'acceptee')).toMatchObject({ was: 'acceptee', state: 'perimee' });
    expect(fate(OLD, after, undefined, 'vide')).toMatchObject({ state: 'vide', reason: '' });
  });

  it.each([
    ['kinds', withSlot({ kinds: ['log'] })],
    ['alternatives', withSlot({ alternatives: [['video'], ['log']] })],
    ['class', withSlot({ evidenceClass: 'bench' })],
    ['condition', withSlot({ condition: 'cas 2' })],
    ['overrule', withSlot({ kinds: ['log'], classifiedBy: 'user' })],
  ] as const)('keeps the state where only our classification changed: %s', (_, after) => {
    expect(fate(OLD, after)).toMatchObject({ state: 'recueillie', why: 'same', reason: '', note: '' });
  });

  it('keeps the state under another nature or profile, and tells it beside', () => {
    const kept = { state: 'recueillie', why: 'same', reason: '' };
    expect(fate(OLD, { ...OLD, nature: 'PEUT' })).toMatchObject({ ...kept, note: 'L’exigence passe de DOIT à PEUT.' });
    const after = { ...OLD, profile: 'IAM' };
    const moved = 'L’exigence passe du profil « Général » au profil « IAM »';
    expect(fate(OLD, after)).toMatchObject({ ...kept, note: `${moved}.` });
    expect(fate(OLD, after, ['general', 'iam'])).toMatchObject({ ...kept, note: `${moved}.` });
    expect(fate(OLD, after, ['general'])).toMatchObject({ ...kept, note: `${moved}, que le produit ne déclare pas.` });
    expect(fate(OLD, after, undefined, 'vide')).toMatchObject({ state: 'vide', note: '' });
    // Texts decide, and the note stays beside.
    expect(fate(OLD, { ...after, statement: 'Le système DOIT tout.' })).toMatchObject({
      state: 'perimee',
      reason: 'L’énoncé de l’exigence a changé.',
      note: `${moved}.`,
    });
  });

  it('follows a slot to its new number, and says so', () => {
    const [before, after] = [
      requirement('SGL.INS.01', { statement: 'Le même énoncé.' }),
      requirement('INS/va1.01', { statement: 'Le même énoncé.', previousIds: ['SGL.INS.01'] }),
    ];
    const { slots, gone } = carryOver(rem([before]), rem([after]), [status('SGL.INS.01.01.01', 'deposee')]);
    expect(slots).toMatchObject([
      { slot: 'INS/va1.01.01.01', from: 'SGL.INS.01.01.01', state: 'deposee', why: 'renumbered', reason: '' },
    ]);
    expect(gone).toEqual([]);
  });

  it('lists what vanished with its state, and keeps it apart from the slot that took its number', () => {
    const before = rem([requirement('INS/va1.01', {}, ['Journal', 'Vidéo']), requirement('INS/va1.02')]);
    const after = rem([requirement('INS/va1.01', {}, ['Vidéo']), requirement('INS/va1.03')]);
    const carry = carryOver(before, after, [
      status('INS/va1.01.01.01', 'acceptee'),
      status('INS/va1.01.01.02'),
      status('INS/va1.02.01.01'),
    ]);
    expect(carry.slots).toMatchObject([
      { slot: 'INS/va1.01.01.01', from: 'INS/va1.01.01.02', state: 'recueillie', why: 'renumbered' },
      { slot: 'INS/va1.03.01.01', from: null, state: 'vide', why: 'new' },
    ]);
    expect(carry.gone).toMatchObject([
      { slot: 'INS/va1.01.01.01', keptAs: 'INS/va1.01.01.01 (REM aaaaaaaa)', was: 'acceptee' },
      { slot: 'INS/va1.02.01.01', was: 'recueillie', reason: 'L’exigence INS/va1.02 n’est plus dans la REM.' },
    ]);
    expect(adoptedSlots(carry, []).map(({ slot, state }) => [slot, state])).toEqual([
      ['INS/va1.01.01.01 (REM aaaaaaaa)', 'perimee'],
      ['INS/va1.02.01.01', 'perimee'],
      ['INS/va1.01.01.01', 'recueillie'],
    ]);
  });

  it('finds out of date what comes back after having vanished', () => {
    const { slots } = carryOver(rem([]), rem([OLD]), [{ ...status('INS/va1.01.01.01', 'perimee'), reason: 'Partie.' }]);
    expect(slots).toMatchObject([{ state: 'perimee', why: 'back' }]);
    expect(slots[0]?.reason).toMatch(/revient/u);
  });

  it('keeps saying why a slot was out of date already', () => {
    const before = { ...status('INS/va1.01.01.01', 'perimee'), reason: 'Le texte de la preuve a changé.' };
    expect(carryOver(rem([OLD]), rem([OLD]), [before]).slots[0]).toMatchObject({
      state: 'perimee',
      reason: 'Le texte de la preuve a changé.',
    });
  });

  it('cannot compare texts with the embedded catalogue, and says so', () => {
    const catalogue = loadCatalogue('SGL', 'va1');
    const official: Rem = { ...catalogue, layout: 'rem-wave1', sha256: 'b'.repeat(64) };
    const [{ slot }] = slotsOf(catalogue.requirements) as [ReturnType<typeof slotsOf>[number]];
    const carry = carryOver(catalogue, official, [status(slot.id)]);
    expect(carry.slots.find((each) => each.slot === slot.id)).toMatchObject({
      state: 'recueillie',
      why: 'not-compared',
    });
    expect(carry.gone).toEqual([]);
  });

  it('loses no state, whatever the two lists', () => {
    const text = fc.constantFrom('Vidéo', 'Journal', 'Capture', 'Message');
    const list = fc.uniqueArray(
      fc.record({ number: fc.integer({ min: 1, max: 6 }), statement: text, proofs: fc.array(text, { maxLength: 3 }) }),
      { selector: ({ number }) => number, maxLength: 5 },
    );
    const build = (
      given: readonly { number: number; statement: string; proofs: readonly string[] }[],
      sha: string,
    ): Rem =>
      rem(
        given.map(({ number, statement, proofs }) =>
          requirement(`INS/va1.0${number}`, { statement: `Le système DOIT montrer ceci : ${statement}` }, proofs),
        ),
        { sha256: sha.repeat(64) },
      );
    fc.assert(
      fc.property(list, list, (one, other) => {
        const [before, after] = [build(one, 'a'), build(other, 'b')];
        const filled = slotsOf(before.requirements).map(({ slot }) => status(slot.id));
        const carry = carryOver(before, after, filled);
        const settled = adoptedSlots(carry, []);
        const reached = new Set([...carry.slots.map(({ from }) => from), ...carry.gone.map(({ slot }) => slot)]);
        for (const { slot } of filled) expect(reached).toContain(slot);
        for (const { state, reason } of settled) expect(state === 'perimee').toBe(reason !== undefined);
        expect(new Set(settled.map(({ slot }) => slot)).size).toBe(settled.length);
        expect(carry.slots.map(({ slot }) => slot)).toEqual(slotsOf(after.requirements).map(({ slot }) => slot.id));
      }),
      { numRuns: 300 },
    );
  });
});

describe('adoptedSlots', () => {
  it('lets what was gathered under the new text win, except over a person', () => {
    const changed = requirement('INS/va1.01', { statement: 'Autre énoncé.' });
    const [before, after] = [rem([OLD, requirement('INS/va1.02')]), rem([changed, requirement('INS/va1.02')])];
    const carry = carryOver(before, after, [status('INS/va1.01.01.01'), status('INS/va1.02.01.01', 'deposee')]);
    const already = [
      { ...status('INS/va1.01.01.01', 'rejouee'), run: 'r2' },
      { ...status('INS/va1.02.01.01', 'rejouee'), run: 'r2' },
    ];
    expect(adoptedSlots(carry, already).map(({ slot, state, run }) => [slot, state, run])).toEqual([
      ['INS/va1.01.01.01', 'rejouee', 'r2'],
      ['INS/va1.02.01.01', 'deposee', 'r1'],
    ]);
  });
});
