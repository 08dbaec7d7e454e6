import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { catalogueIds, cataloguePrints, isSamePrint, printDistance, printOf } from './index.ts';

// Sentences of ours, in the manner of a list of requirements.
const BAKERY = 'Le four DOIT prévenir le boulanger dès que la croûte du pain atteint la couleur choisie le matin même.';
const REWORDED =
  'Le four DOIT prévenir le boulanger dès que la croûte du pain atteint la teinte choisie le matin même.';
const LIBRARY =
  'La bibliothèque PEUT garder trois semaines les ouvrages rendus par un lecteur qui les redemande ensuite.';

const print = (statement: string, ...scenarios: string[]) =>
  printOf(
    statement,
    scenarios.map((text) => ({ text })),
  );

describe('fingerprints', () => {
  it('do not mind typography, case and accents', () => {
    const typed = BAKERY.replaceAll(' ', '\u00A0').replace('croûte', 'CROUTE').replace('.', ' ;\n');
    expect(isSamePrint(print(BAKERY), print(typed))).toBe(true);
  });

  it('are near for one changed word, far for another subject', () => {
    expect(printDistance(print(BAKERY), print(REWORDED))).toBeLessThan(0.2);
    expect(printDistance(print(BAKERY), print(LIBRARY))).toBeGreaterThan(0.35);
    expect(isSamePrint(print(BAKERY), print(REWORDED))).toBe(false);
  });

  it('tell one statement of two requirements apart by their scenarios', () => {
    expect(isSamePrint(print(BAKERY, LIBRARY), print(BAKERY, REWORDED))).toBe(false);
    expect(printDistance(print(BAKERY, LIBRARY), print(BAKERY, REWORDED))).toBe(0);
  });

  it('have nothing to compare without text', () => {
    expect(printDistance(print(''), print(''))).toBe(1);
    expect(isSamePrint(print(''), print(''))).toBe(false);
  });

  it('are the same for the same text, within bounds for any two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        const distance = printDistance(print(left), print(right));
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        expect(print(left)).toEqual(print(left));
      }),
    );
  });

  it('are kept for every requirement of the catalogue, and hold no word', () => {
    expect([...cataloguePrints().keys()].sort()).toEqual([...catalogueIds()].sort());
    for (const variants of cataloguePrints().values()) {
      for (const { whole, statement } of variants) {
        expect(whole).toMatch(/^([0-9a-f]{32})?$/u);
        expect(statement).toMatch(/^[0-9a-f]{32}$/u);
      }
    }
  });
});
