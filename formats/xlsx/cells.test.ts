import { describe, expect, it } from 'vitest';

import { readWorkbook } from './index.ts';
import { MAIN, partsWith, rels, rowsOf, sheetsOf, text, zipOf } from './xlsx.fixture.ts';

const STRINGS = `<sst xmlns="${MAIN}">
  <si><t>simple</t></si>
  <si><r><rPr><b/></rPr><t xml:space="preserve">La </t></r><r><t>preuve</t></r> <r><t xml:space="preserve"> n° 1</t></r></si>
  <si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/></si>
  <si><t xml:space="preserve">  deux  espaces
 et une ligne </t></si>
  <si><t>a_x000D_
b _x005F_x0041_ &amp; &lt;b&gt;</t></si>
  <si/>
</sst>`;

const STYLES = `<styleSheet xmlns="${MAIN}">
  <numFmts>
    <numFmt numFmtId="164" formatCode="00.00"/><numFmt numFmtId="165" formatCode="dd\\/mm\\/yyyy;@"/>
    <numFmt numFmtId="166" formatCode="[$-40C]d&quot; de &quot;mmmm yyyy\\ hh:mm"/><numFmt numFmtId="167" formatCode="[h]:mm"/>
    <numFmt numFmtId="168" formatCode="[Red]0.00&quot; jours&quot;"/>
  </numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="49"/><xf numFmtId="14"/><xf numFmtId="168"/><xf numFmtId="2"/><xf numFmtId="1"/></cellXfs>
  <dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>
</styleSheet>`;

const number = (style: number, value: string): string => `<c s="${style}"><v>${value}</v></c>`;

async function shown(cells: string): Promise<readonly string[] | undefined> {
  return (await rowsOf(`<row r="1">${cells}</row>`, { 'xl/sharedStrings.xml': STRINGS, 'xl/styles.xml': STYLES }))[0];
}

describe('texts', () => {
  it('glues the runs of a shared text, and leaves phonetic guides out', async () => {
    const cells = [0, 1, 2, 3, 4, 5].map((index) => `<c t="s"><v>${index}</v></c>`);
    expect(await shown(`${cells.join('')}<c t="s"><v>0</v></c>`)).toEqual([
      'simple',
      'La preuve n° 1',
      '東京',
      '  deux  espaces\n et une ligne ',
      'a\r\nb _x0041_ & <b>',
      '',
      'simple',
    ]);
  });

  it('glues the runs of a text in its cell', async () => {
    const cell = '<c t="inlineStr"><is><r><t>La </t></r><r><t>preuve</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>';
    expect(await shown(cell + text('B1', '_x00e9_'))).toEqual(['La preuve', 'é']);
  });

  it('never lets a text leak into the next cell', async () => {
    const stray = '<c><is><t>perdu</t></is><v>1</v></c>';
    expect(await shown(stray + text('B1', 'b'))).toEqual(['1', 'b']);
  });

  it('reads CDATA and text around comments', async () => {
    expect(await shown('<c t="inlineStr"><is><t>a<!-- x -->b<![CDATA[<c>]]><?p?>d</t></is></c>')).toEqual(['ab<c>d']);
  });

  it('gives well-formed text', async () => {
    expect(await shown(text('A1', '_xD83D_') + text('B1', '_xD83D__xDE00_'))).toEqual(['\uFFFD', '😀']);
  });

  it('cuts a text that no cell holds, and notes it', async () => {
    const reading = await readWorkbook(await zipOf(partsWith(`<row>${text('A1', 'x'.repeat(40_000))}</row>`)));
    expect(reading.ok && reading.sheets[0]?.rows[0]?.[0]?.length).toBe(32_767);
    expect(reading.ok && reading.notes).toEqual([
      {
        code: 'XLSX_TEXT_CUT',
        message: "Un texte dépasse 32 767 caractères, le maximum d'une cellule : la fin n'est pas lue.",
      },
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['as written', 0, '1.10', '1.10'],
    ['fifteen digits of a binary neighbour', 0, '1.1000000000000001', '1.1'],
    ['without exponent', 0, '1.5E-3', '0.0015'],
    ['a long identifier', 0, '279035121518989', '279035121518989'],
    ['a longer one', 0, '12345678901234567', '12345678901234567'],
    ['padded by the format', 1, '1.1', '01.10'],
    ['padded, binary neighbour', 1, '4.0999999999999996', '04.10'],
    ['a format that would hide digits', 1, '1.125', '1.125'],
    ['a built-in format', 8, '3.1', '3.10'],
    ['a built-in format that would round', 9, '1.6', '1.6'],
    ['with a unit, as written', 7, '1.5', '1.5'],
    ['formatted as text', 5, '1.10', '1.10'],
    ['negative', 1, '-1.5', '-01.50'],
    ['white space around', 0, ' 12 ', '12'],
    ['no number', 0, 'abc', 'abc'],
    ['a style that is not there', 99, '1', '1'],
  ])('%s', async (_, style, written, expected) => {
    expect(await shown(number(style, written))).toEqual([expected]);
  });
});

describe('dates', () => {
  it.each([
    ['a custom format', 2, '46027', '2026-01-05'],
    ['a built-in format', 6, '46027', '2026-01-05'],
    ['a date without its time', 2, '46027.5', '2026-01-05'],
    ['a date with its time', 3, '46027.604166666664', '2026-01-05 14:30'],
    ['a date at midnight', 3, '46027', '2026-01-05'],
    ['a time', 4, '0.604166666666667', '14:30'],
    ['a time with seconds', 4, '0.50001157407', '12:00:01'],
    ['the first day', 2, '1', '1900-01-01'],
    ['before the day that never was', 2, '59', '1900-02-28'],
    ['after it', 2, '61', '1900-03-01'],
    ['no date', 2, '-1', '-1'],
    ['too far', 2, '99999999', '99999999'],
  ])('%s', async (_, style, written, expected) => {
    expect(await shown(number(style, written))).toEqual([expected]);
  });

  it('counts from 1904 where the workbook says so', async () => {
    const parts = partsWith(`<row>${number(6, '44565')}${number(6, '0')}</row>`);
    const [sheet] = await sheetsOf({
      ...parts,
      'xl/workbook.xml': parts['xl/workbook.xml']?.replace('<sheets>', '<workbookPr date1904="1"/><sheets>') ?? '',
      'xl/styles.xml': STYLES,
    });
    expect(sheet?.rows).toEqual([['2026-01-05', '1904-01-01']]);
  });

  it('reads dates in letters', async () => {
    expect(await shown('<c t="d"><v>2026-01-05T00:00:00Z</v></c><c t="d"><v>2026-01-05T14:30:00</v></c>')).toEqual([
      '2026-01-05',
      '2026-01-05T14:30:00',
    ]);
  });
});

describe('other cells', () => {
  it('reads booleans and errors', async () => {
    expect(
      await shown('<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="e"><v>#REF!</v></c>'),
    ).toEqual(['TRUE', 'FALSE', '#N/A', '#REF!']);
  });

  it('gives the kept value of a formula, and where it stands', async () => {
    const cells =
      '<c><f>A2&amp;"[x]"</f></c><c t="str"><f t="shared" si="0" ref="B1:C1">UPPER("a")</f><v>A_x000D_</v></c>' +
      '<c t="str"><f t="shared" si="0"/><v>B</v></c><c t="b"><f>NOT(0)</f><v>1</v></c><c><v>7</v><f>6+1</f></c>';
    const [sheet] = await sheetsOf(partsWith(`<row r="3">${cells}</row>`));
    expect(sheet?.rows[2]).toEqual(['', 'A\r', 'B', 'TRUE', '7']);
    expect(sheet?.formulas).toEqual([
      { row: 2, column: 0, formula: 'A2&"[x]"', value: false },
      { row: 2, column: 1, formula: 'UPPER("a")', value: true },
      { row: 2, column: 2, formula: '', value: true },
      { row: 2, column: 3, formula: 'NOT(0)', value: true },
      { row: 2, column: 4, formula: '6+1', value: true },
    ]);
  });

  it('tells an empty value from none', async () => {
    const cells = '<c t="str"><f>T(A9)</f><v></v></c><c><f>A9</f></c><c><f>A9</f><v/></c>';
    const [sheet] = await sheetsOf(partsWith(`<row>${cells}</row>`));
    expect(sheet?.formulas.map(({ value }) => value)).toEqual([true, false, false]);
  });

  it('does not take for a formula the booleans of LibreOffice', async () => {
    const [sheet] = await sheetsOf(partsWith('<row><c t="b"><f aca="false">TRUE()</f><v>1</v></c></row>'));
    expect(sheet).toMatchObject({ rows: [['TRUE']], formulas: [] });
  });

  it('shows the first characters of a long formula', async () => {
    const [sheet] = await sheetsOf(partsWith(`<row><c><f>${'A1+'.repeat(500)}1</f><v>1</v></c></row>`));
    expect(sheet?.formulas[0]?.formula).toBe('A1+'.repeat(34).slice(0, 100));
  });

  it('counts cells and rows that have no reference', async () => {
    const cells = `<row>${text('A1', 'a').replace(' r="A1"', '')}<c/><c t="b"><v>1</v></c></row><row/><row><c r="B3"><v>2</v></c><c><v>3</v></c></row><row r="5"><c><v>4</v></c></row>`;
    expect(await rowsOf(cells)).toEqual([
      ['a', '', 'TRUE'],
      ['', '', ''],
      ['', '2', '3'],
      ['', '', ''],
      ['4', '', ''],
    ]);
  });

  it('takes rows and cells in any order, never two texts for one place', async () => {
    expect(
      await rowsOf(`<row r="2">${text('B2', 'd')}${text('A2', 'c')}</row><row r="1">${text('A1', 'a')}</row>`),
    ).toEqual([
      ['a', ''],
      ['c', 'd'],
    ]);
    const twice = `<row r="1">${text('A1', 'a')}${text('A1', 'b')}</row>`;
    expect(await readWorkbook(await zipOf(partsWith(twice)))).toMatchObject({
      fault: { code: 'XLSX_UNREADABLE', message: expect.stringContaining('deux fois la cellule A1') },
    });
  });

  it('finds the texts and styles that no relation names, and those that one names', async () => {
    const cell = '<row><c t="s"><v>0</v></c></row>';
    expect(await rowsOf(cell, { 'xl/sharedStrings.xml': STRINGS })).toEqual([['simple']]);
    const named = {
      'xl/_rels/workbook.xml.rels': rels([
        ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
        ['rId2', 'sharedStrings', 'textes.xml'],
      ]),
      'xl/textes.xml': STRINGS,
    };
    expect(await rowsOf(cell, named)).toEqual([['simple']]);
  });
});
