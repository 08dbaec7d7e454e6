import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAllWords, fold, hasWords, ownWords, quotedWords } from './words.ts';

describe('the words of the user', () => {
  it.each([
    ['Lié à l’Achat du MODULE', "a l'achat", 'à l’Achat'],
    ['  à   l’achat ', "a l'achat", 'à   l’achat'],
    ['cœur de métier', 'coeur', 'cœur'],
    ['cœur de métier', 'de metier', 'de métier'],
    // An accent written apart belongs to its letter.
    ['Me\u0301tier', 'metier', 'Me\u0301tier'],
    ['forme\u0301 ici', 'forme', 'forme\u0301'],
    ['ﬁn du lot', 'du', 'du'],
    ['un\u00A0\u00A0lot', 'un lot', 'un\u00A0\u00A0lot'],
  ])('in %j, %j are %j', (text, words, own) => {
    const from = fold(text).indexOf(words);
    expect(from).toBeGreaterThanOrEqual(0);
    expect(ownWords(text, from, from + words.length)).toBe(own);
  });

  it('fold as they were found, wherever they stand', () => {
    const letter = fc.constantFrom('a', 'É', 'œ', 'ﬁ', '’', '–', ' ', '\u00A0', 'e\u0301', '\n', 'ß', 'x', '½');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 12 }), fc.nat(20), fc.nat(20), (letters, one, other) => {
        const text = letters.join('');
        const folded = fold(text);
        // Only whole letters can be found again: those that fold to several are kept whole.
        const [from, to] = [Math.min(one, other), Math.max(one, other)].map((at) => Math.min(at, folded.length));
        expect(fold(ownWords(text, from!, to!))).toContain(folded.slice(from, to).trim());
        expect(ownWords(text, 0, folded.length)).toBe(text.trim());
      }),
    );
  });
});

describe('words that are looked for', () => {
  const patterns = [/\bmodules?\b/gu, /\bmodule (?:qualite|paie)\b/gu, /\boptions?\b/gu];
  it.each([
    ['Un Module Qualité, une Option', ['Module Qualité', 'Option']],
    ['option et module', ['option', 'module']],
    ['modulation', []],
  ])('%j', (text, found) => {
    expect(findAllWords(text, patterns)).toEqual(found);
    expect(hasWords(text, patterns)).toBe(found.length > 0);
  });

  it('are not those that are denied, before or after', () => {
    expect(findAllWords('sans module, option', patterns, { before: /sans $/u })).toEqual(['option']);
    expect(findAllWords('module exclu, option', patterns, { after: /^ exclu/u })).toEqual(['option']);
    expect(findAllWords('sans module exclu', patterns, { before: /sans $/u, after: /^ exclu/u })).toEqual([]);
  });

  it('are quoted', () => {
    expect(quotedWords(['formation', 'maintenance'])).toBe('« formation », « maintenance »');
  });
});
