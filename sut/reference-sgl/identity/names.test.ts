import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsName, insKey, isValidIns, searchKey, strictName } from './index.ts';
import { beginsWithName } from './names.ts';

describe('strictName', () => {
  it.each([
    ['Éléonore', 'ELEONORE'],
    ['  d’Artagnan  de l`Hérault ', "D'ARTAGNAN DE L'HERAULT"],
    ['Cœur–Lætitia', 'COEUR-LAETITIA'],
    ['GROß', 'GROSS'],
    ['DUPONT--DURAND', 'DUPONT--DURAND'],
    ['Anne3/Marie', 'ANNE MARIE'],
  ])('%s becomes %s', (typed, expected) => {
    expect(strictName(typed)).toBe(expected);
  });

  it('gives only A to Z, space, apostrophe and hyphen, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = strictName(text);
        expect(name).toMatch(/^([A-Z'-]([A-Z' -]*[A-Z'-])?)?$/);
        expect(strictName(name)).toBe(name);
      }),
    );
  });

  it('compares without apostrophe, hyphen, space nor accent', () => {
    expect(searchKey("D'Été-Bleu")).toBe(searchKey('DETE BLEU'));
  });
});

describe('a first name in a list', () => {
  it('is a whole word, hyphen and space alike', () => {
    expect(beginsWithName('JEAN PAUL MARIE', 'JEAN-PAUL')).toBe(true);
    expect(beginsWithName('JEANNE MARIE', 'JEAN')).toBe(false);
    expect(holdsName('PAUL ANNE', 'Anne')).toBe(true);
    expect(holdsName('PAUL JEANNE', 'ANNE')).toBe(false);
  });
});

describe('key of an INS', () => {
  it.each(['279035121518989', '297022A02077878', '180032B02040123', '109076322088835', '236066322083656'])(
    '%s holds',
    (ins) => {
      expect(isValidIns(ins)).toBe(true);
    },
  );

  it.each(['181036322045660', '246037433000291', '', '27903512151898', 'A79035121518989'])('%s does not', (ins) => {
    expect(isValidIns(ins)).toBe(false);
  });

  it('is always two digits from 01 to 97', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 9_999_999_999_999n), (n) => {
        expect(Number(insKey(String(n).padStart(13, '0')))).toSatisfy((key: number) => key >= 1 && key <= 97);
      }),
    );
  });
});
