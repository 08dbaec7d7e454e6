import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { numbersHere, readRem } from './index.ts';
import type { Rem } from './index.ts';
import { recognise } from './recognise.ts';
import type { ReadRequirement } from './requirement.ts';
import { accepted, readSheets, row, WAVE_1 } from './workbook.fixture.ts';

const read = (id: string, statement: string): ReadRequirement => ({
  id,
  rawId: id,
  row: 2,
  profile: 'Général',
  section: 'INS',
  sectionTitle: '',
  block: '',
  function: '',
  nature: 'DOIT',
  statement,
  previousIds: [],
  notes: {},
  vendor: {},
  scenarios: [],
});

const BAKERY = 'Le four DOIT prévenir le boulanger dès que la croûte du pain atteint la couleur choisie le matin même.';

describe('recognise', () => {
  it('believes the number of a requirement whose text says too little', () => {
    const short = read('INS/va1.28', 'Le système DOIT refuser.');
    expect(recognise([short]).get(short)).toEqual({ known: 'INS/va1.28' });
  });

  it('sees that a number was given to something else', () => {
    const other = read('INS/va1.28', BAKERY);
    expect(recognise([other]).get(other)).toEqual({ reused: true });
  });

  it('says nothing of a requirement that it does not know', () => {
    const unknown = read('FOUR/va1.01', BAKERY);
    expect(recognise([unknown]).has(unknown)).toBe(false);
  });

  it('finds the requirement of the base under the prefix of a project', () => {
    const based = read('SC.DMP/UX.14', 'Court.');
    expect(recognise([based]).get(based)).toEqual({ known: 'DMP/UX.14' });
  });

  it('keeps what is known of a reused number away from it, and says so', async () => {
    const cells = row('MSS/va1.12', 'MSS/va1.12.01', 'MSS/va1.12.01.01');
    cells[8] = BAKERY;
    const { rem, messages } = accepted(await readSheets([{ name: 'Exigences', rows: [WAVE_1, cells] }]));
    expect(rem.requirements[0]).toMatchObject({ numberReused: true, title: '' });
    expect(rem.requirements[0]).not.toHaveProperty('observable');
    expect(rem.requirements[0]?.scenarios[0]?.proofs[0]?.classifiedBy).toBe('wording');
    expect(numbersHere(rem).requirements.size).toBe(0);
    expect(numbersHere(rem).slots.size).toBe(0);
    expect(messages.find((one) => one.code === 'J19')).toMatchObject({ row: 2, value: 'MSS/va1.12' });
  });
});

const OFFICIAL = new URL('../../../shared/rem/REM-SGL-va1.xlsx', import.meta.url);

// Skipped when the reference workbook does not lie beside the checkout: only official texts can be recognised.
describe.skipIf(!existsSync(OFFICIAL))('recognition on a real list (skipped when ../shared/rem is absent)', () => {
  async function official(): Promise<Rem> {
    const reading = await readRem(readFileSync(OFFICIAL), { category: 'SGL', wave: 'va1', fileName: 'REM.xlsx' });
    return accepted(reading).rem;
  }
  const asRead = (rem: Rem): ReadRequirement[] =>
    rem.requirements.map((one) => ({
      ...read(one.id, one.statement),
      scenarios: one.scenarios.map((scenario) => ({
        ...scenario,
        row: 0,
        column: '',
        owner: one.id,
        numbers: new Map(),
        found: [],
        notes: {},
        proofs: [],
      })),
    }));

  it('knows every requirement under its own number', async () => {
    for (const [requirement, recognition] of recognise(asRead(await official()))) {
      expect(recognition).toEqual({ known: requirement.id });
    }
  });

  it('follows numbers that all moved by one, and two that changed places', async () => {
    const requirements = asRead(await official());
    const ids = requirements.map((one) => one.id);
    const shifted = requirements.map((one, index) => ({ ...one, id: ids[(index + 1) % ids.length] ?? '' }));
    const recognised = [...recognise(shifted)];
    const wrong = recognised.filter(([one, what]) => !('known' in what) || what.known !== ids[shifted.indexOf(one)]);
    expect(wrong.map(([one]) => one.id)).toEqual([]);
    expect(recognised).toHaveLength(ids.length);
  });

  it('stands a word changed in each statement', async () => {
    const requirements = asRead(await official()).map((one) => {
      const words = one.statement.split(' ');
      return { ...one, statement: words.toSpliced(Math.floor(words.length / 2), 1, 'autrement').join(' ') };
    });
    for (const [requirement, recognition] of recognise(requirements)) {
      expect(recognition).toEqual({ known: requirement.id });
    }
  });
});
