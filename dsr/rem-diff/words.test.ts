import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWordDiffer, foldText, sameText } from './index.ts';
import type { Segment } from './index.ts';

const side = (segments: readonly Segment[], dropped: Segment['kind']): string =>
  segments
    .filter(({ kind }) => kind !== dropped)
    .map(({ text }) => text)
    .join('');

const phrase = fc
  .array(fc.constantFrom('le', 'système', 'DOIT', "l'", '’', ' ', '\n', '\u00A0', '.', '12', '🙂', '\uD800'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

describe('word difference', () => {
  it('gives back both texts, whatever they hold and whatever is left to spend', () => {
    fc.assert(
      fc.property(
        fc.oneof(phrase, fc.string({ unit: 'binary' })),
        fc.oneof(phrase, fc.string({ unit: 'binary' })),
        fc.constantFrom(undefined, 0, 9, 100),
        (before, after, budget) => {
          const { segments } = createWordDiffer(budget)(before, after);
          expect(side(segments, 'added')).toBe(before);
          expect(side(segments, 'removed')).toBe(after);
          expect(segments.every(({ text }) => text !== '')).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads as words, a space between two changes belonging to both', () => {
    expect(createWordDiffer()('une vidéo courte ici', 'une copie écran ici').segments).toEqual([
      { kind: 'same', text: 'une ' },
      { kind: 'removed', text: 'vidéo courte' },
      { kind: 'added', text: 'copie écran' },
      { kind: 'same', text: ' ici' },
    ]);
  });

  it('replaces whole what nobody would read word by word', () => {
    const words = (letter: string): string => Array.from({ length: 5000 }, (_, index) => letter + index).join(' ');
    const { segments, coarse } = createWordDiffer()(`début ${words('a')} fin`, `début ${words('b')} fin`);
    expect(coarse).toBe(true);
    expect(segments.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
  });

  it('spends its budget over all the texts', () => {
    const words = createWordDiffer(20);
    expect(words('a b c', 'a x c').coarse).toBe(false);
    expect(words('un b deux', 'trois c quatre').coarse).toBe(true);
  });
});

describe('foldText', () => {
  it.each([
    ["l'accès", 'l’accès'],
    ['« DOIT »', '“DOIT”'],
    ['étape 1\r\n étape 2', 'étape 1étape 2'],
    ['pré-requis – suite', 'pré‑requis - suite'],
    ['\uFEFFtexte\u200B', ' texte '],
    ['fin…', 'fin...'],
  ])('takes %j and %j for one text', (left, right) => {
    expect(sameText(left, right)).toBe(true);
  });

  it.each([
    ['DOIT', 'doit'],
    ['DOIT', 'PEUT'],
    ['élève', 'eleve'],
    ['délai de 1 2 jours', 'délai de 12 jours'],
    ['le nom', 'le nom.'],
  ])('tells %j from %j', (left, right) => {
    expect(sameText(left, right)).toBe(false);
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});
