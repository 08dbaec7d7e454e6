import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readCsvText } from '#formats/table/index.ts';
import { computeSunes, readSunesCounts, sunesTemplate, SUNES_COLUMNS, type SunesReading } from './index.ts';

const HEADER =
  'FINESS;Établissement;Activité combinée 2019;Prérequis validés;Fenêtre;Indicateur;Produits;Transmis;Reçus';
const read = (...lines: string[]): SunesReading => readSunesCounts(readCsvText(lines.join('\n')));
const rowOf = (line: string): SunesReading => read(HEADER, line);
const told = ({ errors }: SunesReading): readonly string[] =>
  errors.map(({ code, row, column, value }) => `${code} ${row} ${column} ${value}`.trim());
const GOOD = '990000002;Pommeverte;7 000,5;6;F1;biologie;1 000;450;440';

describe('readSunesCounts', () => {
  it('reads a row', () => {
    expect(rowOf(GOOD)).toEqual({
      counts: [
        {
          finess: '990000002',
          name: 'Pommeverte',
          activity: 7000.5,
          prerequisites: 6,
          window: 'F1',
          indicator: 'biologie',
          produced: 1000,
          sent: 450,
          received: 440,
        },
      ],
      errors: [],
      rows: 1,
    });
  });

  it('reads only what is due, in any order, under the names that people give', () => {
    expect(
      read(
        'denominateur;Remarque;TRANSMIS;indicateur;semestre;finess_pmsi',
        '10;x;5;Compte rendu d’imagerie;2023-S2;0B0127189',
      ).counts,
    ).toEqual([{ finess: '0B0127189', window: 'F4', indicator: 'imagerie', produced: 10, sent: 5 }]);
  });

  it.each([
    ['F2', 'F2'],
    ['f2', 'F2'],
    ['S2 2022', 'F2'],
    ['2022-S2', 'F2'],
    ['2e semestre 2022', 'F2'],
  ])('reads the window %s', (text, window) => expect(rowOf(GOOD.replace('F1', text)).counts[0]?.window).toBe(window));

  it('tells every fault of a row in its place and keeps the healthy ones', () => {
    const reading = read(
      HEADER,
      '990000003;;x;7;F9;messagerie;;12;x',
      GOOD,
      ';;;;;;;;',
      ';;1,234;;;rien;10;11;11',
      '990000002;;;;F2;biologie;-1;1e3;1 000 000 001',
    );
    expect(reading.counts).toHaveLength(1);
    expect(reading.rows).toBe(4);
    expect(told(reading)).toEqual([
      'SUNES_FINESS 2 A 990000003',
      'SUNES_NUMBER 2 C x',
      'SUNES_PREREQUISITES 2 D 7',
      'SUNES_WINDOW 2 E F9',
      'SUNES_INDICATOR 2 F messagerie',
      'SUNES_MISSING 2 G',
      'SUNES_NUMBER 2 I x',
      'SUNES_MISSING 5 A',
      'SUNES_NUMBER 5 C 1,234',
      'SUNES_MISSING 5 E',
      'SUNES_INDICATOR 5 F rien',
      'SUNES_MORE_THAN_PRODUCED 5 H 11',
      'SUNES_MORE_THAN_PRODUCED 5 I 11',
      'SUNES_NUMBER 6 G -1',
      'SUNES_NUMBER 6 H 1e3',
      'SUNES_NUMBER 6 I 1 000 000 001',
    ]);
    expect(reading.errors.every(({ message, remedy, header }) => message && remedy && header)).toBe(true);
    expect(reading.errors[4]?.message).toContain('valeurs cibles n’ont pas été trouvées');
    expect(reading.errors[10]?.message).toBe('Cet indicateur n’existe pas.');
    expect(reading.errors[2]).toMatchObject({
      header: 'Prérequis validés',
      message: 'Il n’y a que 6 prérequis.',
      remedy: 'Écrivez un nombre de 0 à 6.',
    });
  });

  it('takes a count once', () => {
    const reading = read(HEADER, GOOD, GOOD, GOOD.replace('F1', 'F2'));
    expect(reading.counts.map(({ window }) => window)).toEqual(['F1', 'F2']);
    expect(reading.errors).toEqual([
      expect.objectContaining({
        code: 'SUNES_TWICE',
        row: 3,
        message: 'Cet indicateur est déjà donné ligne 2 pour cet établissement et cette fenêtre.',
      }),
    ]);
  });

  it('refuses what contradicts an earlier row, not what is silent', () => {
    const reading = read(
      HEADER,
      GOOD,
      '990000002;;;;F1;imagerie;10;5;',
      '990000002;;8000;5;F1;lettre-sortie;10;5;',
      '990000002;;7000.5;5;F2;lettre-sortie;10;5;',
    );
    expect(reading.counts.map(({ indicator, window }) => `${indicator} ${window}`)).toEqual([
      'biologie F1',
      'imagerie F1',
      'lettre-sortie F2',
    ]);
    expect(told(reading)).toEqual(['SUNES_DIFFERS 4 C 8000', 'SUNES_DIFFERS 4 D 5']);
    expect(reading.errors[0]?.message).toBe('8000 contredit la ligne 2, qui donne 7000.5 pour le même établissement.');
  });

  it('says which columns are missing or given twice', () => {
    expect(read('FINESS;Fenêtre;FINESS', 'x').errors).toEqual([
      expect.objectContaining({ code: 'SUNES_COLUMN_TWICE', row: 1, column: 'C', header: 'FINESS' }),
      expect.objectContaining({
        code: 'SUNES_HEADER',
        row: 1,
        message: 'Il manque les colonnes « Indicateur », « Produits », « Transmis ».',
      }),
    ]);
    expect(read('FINESS;Fenêtre;Indicateur;Produits').errors[0]?.message).toBe('Il manque la colonne « Transmis ».');
    expect(read(HEADER)).toMatchObject({ counts: [], rows: 0, errors: [{ code: 'SUNES_EMPTY', row: 0 }] });
    expect(read('')).toMatchObject({ counts: [], rows: 0, errors: [{ code: 'SUNES_HEADER', row: 0 }] });
  });

  it('tells of cells beyond the header, and of a file that stops', () => {
    expect(told(rowOf(`${GOOD};;x`))).toEqual(['SUNES_EXTRA_CELLS 2 J']);
    expect(rowOf(`${GOOD};;`).errors).toEqual([]);
    const cut = read(HEADER, GOOD, '"990000002;;;');
    expect(cut.counts).toHaveLength(1);
    expect(told(cut)).toEqual(['SUNES_CUT_SHORT 3']);
  });

  it('cuts the value that it shows', () => {
    expect(rowOf(GOOD.replace('biologie', 'y'.repeat(500))).errors[0]?.value).toBe(`${'y'.repeat(79)}…`);
  });

  it('never fails, and says something of each row that it leaves out', () => {
    const cell = fc.oneof(fc.constantFrom('990000002', 'F1', 'biologie', '10', '5', ''), fc.string());
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 11 })), (rows) => {
        const table = { name: '', rows: [HEADER.split(';'), ...rows].map((cells, at) => ({ row: at + 1, cells })) };
        const { counts, errors, rows: found } = readSunesCounts(table);
        const refused = new Set(errors.filter(({ code }) => code !== 'SUNES_EMPTY').map(({ row }) => row));
        expect(refused.size + counts.length).toBe(found);
        computeSunes(counts);
      }),
    );
  });
});

describe('the template', () => {
  it('is read as it is', () => {
    const reading = readSunesCounts(readCsvText(sunesTemplate().slice(1)));
    expect(reading.errors).toEqual([]);
    expect(reading.counts).toHaveLength(5);
  });

  it('opens in a French spreadsheet program', () => {
    expect(sunesTemplate()).toMatch(/^\uFEFFFINESS;Établissement;/u);
    expect(sunesTemplate().split('\r\n')[0]).toBe(`\uFEFF${SUNES_COLUMNS.map(({ header }) => header).join(';')}`);
  });
});
