import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pointsOutside } from './formula.ts';
import { readWorkbook } from './index.ts';
import { escapeXml } from '../xml/index.ts';
import { faultOf, partsWith, rels, text, zipOf } from './xlsx.fixture.ts';

describe('pointsOutside', () => {
  it.each([
    '[1]Feuille!A1',
    'SUM([1]Feuille!$A$1:$B$2)',
    "'[1]Ma feuille - 2'!A1",
    '[Prix.xlsx]Feuille!A1',
    '[1]!Nom',
    "'C:\\Dossier\\[Prix.xlsx]Feuille'!A1",
    "'file:///tmp/prix.ods'#$Feuille.A1",
    "'https://exemple.test/[a.xlsx]b'!A1",
    "'L''été [1]x'!A1",
    "cmd|' /C calc'!A0",
    'DDE("soffice";"a";"b")',
    '_xlfn.WEBSERVICE("https://exemple.test")',
    'RTD("a",,"b")',
  ])('%s', (formula) => {
    expect(pointsOutside(formula)).toBe(true);
  });

  it.each([
    'A1+Feuille2!B2',
    '\'Ma feuille\'!A1&"[1]Feuille!A1"',
    'Tableau1[Colonne]',
    'SUM(Tableau1[[#This Row],[N°]])&Feuille!A1',
    'Tableau1[a]+Feuille!A1',
    'IF(A1="a|b","\'[x]y\'!z",1)',
    'INDIRECT("A"&1)',
    'HYPERLINK("https://exemple.test","lien")',
    '',
  ])('not %s', (formula) => {
    expect(pointsOutside(formula)).toBe(false);
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '"', '[', ']', '!', 'a', '#', '1'), maxLength: 200 }),
        (formula) => {
          expect(typeof pointsOutside(formula)).toBe('boolean');
        },
      ),
    );
    for (const one of ["'", '"', '[', ']', "']", "'[", ']a', 'DDE']) {
      expect(typeof pointsOutside(one.repeat(200_000))).toBe('boolean');
    }
  });
});

describe('workbooks with links', () => {
  const formula = (written: string): string => `<row r="2"><c r="B2"><f>${escapeXml(written)}</f><v>1</v></c></row>`;

  it('refuses a formula that points to another file, and says where', async () => {
    expect(await readWorkbook(await zipOf(partsWith(formula("'[1]Prix'!A1"))))).toEqual({
      ok: false,
      fault: {
        code: 'XLSX_EXTERNAL_LINK',
        message:
          'Le classeur prend des valeurs hors de lui (feuille « Exigences », cellule B2). Rompez les liaisons ' +
          '(Données › Modifier les liens › Rompre la liaison), enregistrez une copie et recommencez.',
      },
    });
  });

  it('refuses the part, the relation or the name of another file', async () => {
    const parts = partsWith(`<row>${text('A1', 'a')}</row>`);
    const book = parts['xl/workbook.xml'] ?? '';
    expect(await faultOf(await zipOf({ ...parts, 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }))).toBe(
      'XLSX_EXTERNAL_LINK',
    );
    const linked = rels([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'externalLink', 'liens/a.xml'],
    ]);
    expect(await faultOf(await zipOf({ ...parts, 'xl/_rels/workbook.xml.rels': linked }))).toBe('XLSX_EXTERNAL_LINK');
    const named = (value: string): string =>
      book.replace('</sheets>', `</sheets><definedNames><definedName name="n">${value}</definedName></definedNames>`);
    expect(await faultOf(await zipOf({ ...parts, 'xl/workbook.xml': named('[1]A!$A$1') }))).toBe('XLSX_EXTERNAL_LINK');
    expect(await faultOf(await zipOf({ ...parts, 'xl/workbook.xml': named("'Ma feuille'!$A$1:$B$2") }))).toBe(
      'no fault',
    );
  });

  it('bounds the number of formulas', async () => {
    const many = (count: number): string =>
      Array.from({ length: count }, (_, at) => `<row r="${at + 1}"><c><f>1+1</f><v>2</v></c></row>`).join('');
    expect(await faultOf(await zipOf(partsWith(many(1000))))).toBe('no fault');
    expect(await faultOf(await zipOf(partsWith(many(1001))))).toBe('XLSX_TOO_MANY_FORMULAS');
  });
});
