import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BORROWED_RUN, borrowedRun, runsOf, wordsOf } from './own-words.ts';

const SENTENCE = "Le produit envoie chaque soir la liste des comptes rendus que l'utilisateur a validés.";

describe('a run of words in common', () => {
  it('counts words whatever the case and the punctuation', () => {
    expect(wordsOf("L'INS, QUALIFIÉE (2.00) : « oui »")).toEqual(['l', 'ins', 'qualifiée', '2', '00', 'oui']);
    expect(wordsOf('e\u0301tat')).toEqual(wordsOf('état'));
    expect(wordsOf(' — ')).toEqual([]);
  });

  it('is found from eight words on', () => {
    const runs = runsOf([SENTENCE]);
    expect(borrowedRun('Vidéo : CHAQUE SOIR, la liste des comptes rendus que', runs)).toBe(
      'chaque soir la liste des comptes rendus que',
    );
    expect(borrowedRun('La liste des comptes rendus que le produit', runs)).toBeUndefined();
    expect(borrowedRun('Chaque soir la liste', runs)).toBeUndefined();
  });

  it('does not span two texts', () => {
    expect(
      borrowedRun('un deux trois quatre cinq six sept huit', runsOf(['un deux trois quatre', 'cinq six sept huit'])),
    ).toBeUndefined();
  });

  it('is found wherever it stands in a text, and only when it is long enough', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/u);
    const words = (min: number, max: number) => fc.array(word, { minLength: min, maxLength: max });
    fc.assert(
      fc.property(words(0, 6), words(BORROWED_RUN, 12), words(0, 6), words(0, 4), (before, run, after, around) => {
        const runs = runsOf([[...before, ...run, ...after].join(' ')]);
        expect(borrowedRun([...around, ...run, ...around].join(', '), runs)).toBeDefined();
        expect(borrowedRun(run.slice(0, BORROWED_RUN - 1).join(' '), runs)).toBeUndefined();
      }),
    );
  });
});
