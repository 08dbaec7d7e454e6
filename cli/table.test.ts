import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, tableLines, wrap } from './table.ts';

const length = (line: string): number => Array.from(new Intl.Segmenter('fr').segment(line)).length;

describe('a table of the terminal', () => {
  const columns = [
    { header: 'Id', least: 4, worth: 2 },
    { header: 'N', align: 'right' },
    { header: 'Profil', least: 4 },
    { header: 'Titre', least: 6, worth: 1 },
  ] as const;
  const rows = [
    ['INS/va1.01', '3', 'Général et plus', 'Tenir les champs'],
    ['B', '12', '', 'Été'],
  ];

  it('aligns columns and leaves no blank at the end', () => {
    expect(tableLines(columns, rows, 80)).toEqual([
      'Id           N  Profil           Titre',
      'INS/va1.01   3  Général et plus  Tenir les champs',
      'B           12                   Été',
    ]);
  });

  it('cuts the columns of least worth first, and ids last', () => {
    expect(tableLines(columns, rows, 38)[1]).toBe('INS/va1.01   3  Gén…  Tenir les champs');
    expect(tableLines(columns, rows, 30)[1]).toBe('INS/va1.01   3  Gén…  Tenir l…');
    expect(tableLines(columns, rows, 25)[1]).toBe('INS/va…   3  Gén…  Tenir…');
  });

  it('holds within the width whatever the cells, down to what its columns need', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, fc.constant('12'), cell, cell)),
        fc.integer({ min: 22, max: 90 }),
        (made, width) => {
          const lines = tableLines(columns, made, width);
          expect(lines).toHaveLength(made.length + 1);
          for (const line of lines) {
            expect(line).not.toMatch(/\p{Cc}/u);
            expect(length(line)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});

describe('text of a workbook', () => {
  it('cannot break a line nor drive the terminal', () => {
    expect(oneLine('  a\r\n\tb\u00A0c\u001B[31m\u202Ed ')).toBe('a b c [31md');
  });

  it('is cut between words, indented under its first line', () => {
    expect(wrap('un deux trois quatre', 12, '* ')).toEqual(['* un deux', '  trois', '  quatre']);
    expect(wrap('', 10, '* ')).toEqual(['*']);
  });

  it.each([
    ['le total 22 500,00 € HT dû', 14, ['le total', '22 500,00 € HT', 'dû']],
    ['le total 22\u00A0500,00\u202F€ dû', 13, ['le total', '22 500,00 €', 'dû']],
    ['un taux de 20 % ici', 13, ['un taux de', '20 % ici']],
    ['il y a 120 jours ici', 10, ['il y a', '120 jours', 'ici']],
    ['le 14\u00A0juin\u00A02022 au soir', 12, ['le', '14 juin 2022', 'au soir']],
    // Two numbers side by side are two words.
    ['page 12 3456', 8, ['page 12', '3456']],
  ])('is never cut inside a number nor before its unit: %s', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it('keeps every word when cut', () => {
    const words = fc.array(fc.stringMatching(/^[a-zé]{1,12}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 60 }), (made, width) => {
        const lines = wrap(made.join(' '), width, '   ');
        for (const line of lines) expect(length(line)).toBeLessThanOrEqual(width);
        expect(lines.map((line) => line.trim()).join(' ')).toBe(made.join(' '));
      }),
    );
  });
});
