import { describe, expect, it } from 'vitest';
import { partsWith, text, zipOf } from '#formats/xlsx/xlsx.fixture.ts';

import { findRequirement, readRem } from './index.ts';
import type { RemReading } from './index.ts';
import { accepted, codes, remOf, row, WAVE_1 } from './workbook.fixture.ts';
import type { Cells } from './workbook.fixture.ts';

const ins = row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01');
const other = row('INS/va1.25', 'INS/va1.25.01', 'INS/va1.25.01.01');
const onlyId = (id: string): Cells => [...Array<null>(7).fill(null), id];

describe('rows that are no requirement', () => {
  it('a header row repeated at a page break', async () => {
    const { rem, messages } = await remOf(WAVE_1, ins, WAVE_1, other);
    expect(rem.requirements.map(({ id }) => id)).toEqual(['INS/va1.02', 'INS/va1.25']);
    expect(codes(messages)).toEqual([]);
  });

  it.each(['INS – Identité nationale', '* exigence modifiée'])('%s in the column of the numbers', async (title) => {
    const { rem, messages } = await remOf(WAVE_1, ins, onlyId(title), other);
    expect(rem.requirements).toHaveLength(2);
    expect(messages).toEqual([expect.objectContaining({ code: 'J22', severity: 'info', row: 3, value: title })]);
  });

  it('keeps a number alone on its row', async () => {
    const { rem } = await remOf(WAVE_1, ins, onlyId('INS/va1.25'));
    expect(rem.requirements).toHaveLength(2);
  });
});

describe('the publication status', () => {
  const headers = [...WAVE_1, 'Statut publication'];
  const withStatus = (cells: Cells, status: string): Cells => [...cells, null, null, null, null, status];

  it.each(['Obsolète (V2.1)', 'Exigence obsolète depuis la 1.3', 'OBSOLETE'])('%s is obsolete', async (status) => {
    const { rem, messages } = await remOf(headers, ins, withStatus(other, status));
    expect(rem.obsolete.map(({ id }) => id)).toEqual(['INS/va1.25']);
    expect(codes(messages)).toEqual(['C12']);
  });

  it.each(['Supprimée', 'Retirée', 'À revoir'])('%s counts, and asks', async (status) => {
    const { rem, messages } = await remOf(headers, withStatus(ins, 'Inchangée'), withStatus(other, status));
    expect(rem.requirements).toHaveLength(2);
    expect(messages).toEqual([
      expect.objectContaining({
        code: 'J23',
        severity: 'warning',
        row: 3,
        column: 'Statut publication',
        value: status,
      }),
    ]);
  });

  it('is read under « Statut » when that is what the column holds', async () => {
    const bare = [...WAVE_1, 'Statut'];
    const { rem } = await remOf(bare, withStatus(ins, 'Nouvelle'), withStatus(other, 'Obsolète'));
    expect(rem.obsolete.map(({ id }) => id)).toEqual(['INS/va1.25']);
    const done = await remOf(bare, withStatus(ins, 'Fait'), withStatus(other, 'Obsolète'));
    expect(done.rem.obsolete).toEqual([]);
    expect(done.rem.mapping?.sheets[0]?.ignored).toEqual([{ letter: 'R', header: 'Statut' }]);
  });
});

describe('the section of a number', () => {
  const headers = WAVE_1.filter((header) => header !== 'ID Section');
  const without = (cells: Cells): Cells => cells.filter((_, index) => index !== 2);

  it.each([
    ['PFI.MSS.01', 'MSS'],
    ['CH.INS.01', 'INS'],
    ['DMP/UX.14', 'DMP/UX'],
    ['ZZZ/YY.01', 'ZZZ/YY'],
  ])('%s is in %s, and known to be deduced', async (id, section) => {
    const { rem } = await remOf(headers, without(row(id, `${id}.01`, `${id}.01.01`)));
    expect(rem.requirements[0]).toMatchObject({ section, sectionDerived: true });
  });

  it('is that of the catalogue when it knows the number', async () => {
    const { rem } = await remOf(headers, without(row('CDA/INT.15', 'CDA/INT.15.01', 'CDA/INT.15.01.01')));
    expect(rem.requirements[0]).toMatchObject({ section: 'CDA', sectionDerived: true });
  });

  it('is not deduced where the list gives it; C3 says it where it does not', async () => {
    const given = await remOf(WAVE_1, ins);
    expect(given.rem.requirements[0]).not.toHaveProperty('sectionDerived');
    const bare = row('PFI.MSS.01', 'PFI.MSS.01.01', 'PFI.MSS.01.01.01').map((cell, index) =>
      index === 2 ? null : cell,
    );
    const { messages } = await remOf(WAVE_1, ins, bare);
    expect(messages.find(({ code }) => code === 'C3')?.message).toContain('« MSS »');
  });

  it('stays deduced in what an export writes', async () => {
    const { rem } = await remOf(
      [...WAVE_1, 'Jalon · Section déduite du numéro'],
      [...ins, null, null, null, null, 'oui'],
    );
    expect(rem.requirements[0]).toMatchObject({ section: 'INS', sectionDerived: true });
  });
});

it('a merge over two columns and several rows gives both their text', async () => {
  const span = { value: 'Bloc et fonction', columnSpan: 2, rowSpan: 2 };
  const { rem } = await remOf(
    WAVE_1,
    ins.map((cell, index) => (index === 4 ? span : index === 5 ? null : cell)),
    other.map((cell, index) => (index === 4 || index === 5 ? null : cell)),
  );
  for (const id of ['INS/va1.02', 'INS/va1.25']) {
    expect(findRequirement(rem, id)).toMatchObject({ block: 'Bloc et fonction', function: 'Bloc et fonction' });
  }
});

describe('what only the file tells', () => {
  const headers = ['N° exigence', 'Énoncé', 'N° scénario', 'Scénario', 'N° preuve 1', 'Preuve 1'];
  const cells = (...values: string[]): string =>
    values.map((value, index) => text(`${'ABCDEF'[index]}0`, value)).join('');
  const line = (...values: string[]): string => `<row>${cells(...values).replaceAll(/ r="[A-F]0"/gu, '')}</row>`;
  const good = line('INS/va1.02', 'Le système DOIT', 'INS/va1.02.01', 'S', 'INS/va1.02.01.01', 'Vidéo');

  async function read(rows: string, more: Readonly<Record<string, string>> = {}): Promise<RemReading> {
    const bytes = await zipOf({ ...partsWith(line(...headers) + rows), ...more });
    return readRem(bytes, { category: 'SGL', wave: 'va1', fileName: 'REM.xlsx' });
  }

  it('a text cut, macros left alone', async () => {
    const long = line('INS/va1.25', 'x'.repeat(40_000), 'INS/va1.25.01', 'S', 'INS/va1.25.01.01', 'Vidéo');
    const { messages } = accepted(await read(good + long, { 'xl/vbaProject.bin': 'x' }));
    expect(messages.find(({ code }) => code === 'XLSX_TEXT_CUT')).toMatchObject({ severity: 'warning', row: 0 });
    expect(messages.find(({ code }) => code === 'XLSX_MACROS_IGNORED')).toMatchObject({ severity: 'info', row: 0 });
  });

  it('a formula without value: said of any cell, and why the row of a number is left', async () => {
    const formula = '<c t="str"><f>A2</f></c>';
    const rest = cells('', 'Autre texte', 'INS/va1.25.01', 'S', 'INS/va1.25.01.01', 'Vidéo').replaceAll(
      / r="[A-F]0"/gu,
      '',
    );
    const lost = `<row>${formula}${rest.slice(rest.indexOf('</c>') + 4)}</row>`;
    const { rem, messages } = accepted(await read(good + lost));
    expect(rem.requirements.map(({ id }) => id)).toEqual(['INS/va1.02']);
    const said = messages.filter(({ row: place }) => place === 3);
    expect(codes(said)).toEqual(['J15', 'J06']);
    expect(said[0]?.message).toContain("n'en garde aucune valeur");
    expect(said[1]?.message).toContain("Le numéro d'exigence de la ligne est une formule");
  });

  it('a fault of the file comes with one remedy', async () => {
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const reading = await readRem(old, { category: 'SGL', wave: 'va1', fileName: 'REM.xlsx' });
    expect(reading.messages).toEqual([
      expect.objectContaining({
        code: 'XLSX_OLD_FORMAT',
        message: expect.not.stringContaining('Enregistrez') as string,
        remedy: expect.stringMatching(/^Enregistrez/u) as string,
      }),
    ]);
  });
});
