import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codesIn,
  hasRightCheckDigit,
  isLoincCode,
  layoutOf,
  LAYOUTS,
  loincName,
  readLoincFile,
  readLoincName,
  writeLoincRows,
} from './index.ts';

describe('layouts', () => {
  it('are six, and each transcoded file begins with the columns of its export', () => {
    expect(LAYOUTS.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const layout of LAYOUTS) {
      if (layout.from === undefined) continue;
      const columns = layoutOf(layout.from).columns;
      expect(layout.columns.slice(0, columns.length)).toEqual(columns);
      expect(layout.columns.length).toBeGreaterThan(columns.length);
    }
  });
});

describe('names', () => {
  it.each(LAYOUTS.map((layout) => [layout.rank, layout] as const))('of LOINC_%i', (rank, layout) => {
    expect(readLoincName(loincName(layout, '2026-02-03'))).toMatchObject({
      layout: { rank },
      right: true,
      date: '2026-02-03',
    });
  });

  it.each([
    'LOINC_1_export_chapitres.csv',
    'LOINC_1_export_chapitres_20260230.csv',
    'LOINC_1_export_chapitres_2026-02-03.csv',
    'LOINC_1_export_chapitres_20260203.CSV',
    'loinc_1_export_chapitres_20260203.csv',
    'LOINC_1_chapitres_20260203.csv',
    'LOINC_1_export_chapitres_20260203.txt',
    'LOINC_1_export_chapitres_120260203.csv',
  ])('%s is LOINC_1, wrongly named', (name) => {
    expect(readLoincName(name)).toMatchObject({ layout: { rank: 1 }, right: false });
  });

  it.each(['export.csv', 'LOINC_7_x_20260203.csv', 'LOINC_12_20260203.csv', ''])('%s is none', (name) => {
    expect(readLoincName(name)).toBeUndefined();
  });
});

describe('codes', () => {
  it.each(['718-7', '2345-7', '18719-5', '11502-2', '20-8', '3024-7'])('%s is right', (code) => {
    expect(isLoincCode(code) && hasRightCheckDigit(code)).toBe(true);
  });

  it('one digit changed, or two neighbours swapped, is seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 999_999 }), fc.nat(5), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const digits = String(n);
        const check = '0123456789'.split('').find((digit) => hasRightCheckDigit(`${digits}-${digit}`));
        const place = at % digits.length;
        const changed = digits.replace(/./gu, (d, index) => (index === place ? String((Number(d) + by) % 10) : d));
        expect(hasRightCheckDigit(`${changed}-${check}`)).toBe(false);
      }),
    );
  });

  it('several in a cell', () => {
    expect(codesIn(' 718-7 | 2345-7')).toEqual(['718-7', '2345-7']);
    expect(codesIn('')).toEqual([]);
  });
});

describe('files', () => {
  const layout = layoutOf(1);
  const read = (text: string) => {
    const reading = readLoincFile(Buffer.from(text), layout);
    if (!reading.ok) throw new Error(reading.fault.message);
    return reading.file;
  };

  it('with or without the names of the columns', () => {
    const rows = 'BIO;Biochimie;ENZ;Enzymes\r\nHEM;Hématologie;;\r\n';
    expect(read(rows)).toMatchObject({ separator: ';', rows: [{ row: 1 }, { row: 2 }] });
    expect(read(rows).header).toBeUndefined();
    const named = read(
      `\uFEFFCode chapitre SGL;Libellé chapitre SGL;Code Sous-chapitre SGL;Libellé Sous-chapitre\n${rows}`,
    );
    expect(named.header?.row).toBe(1);
    expect(named.rows).toMatchObject([{ row: 2, cells: ['BIO', 'Biochimie', 'ENZ', 'Enzymes'] }, { row: 3 }]);
  });

  it('of another separator, of another encoding', () => {
    expect(read('BIO,Biochimie,ENZ,Enzymes').separator).toBe(',');
    const old = readLoincFile(Buffer.from('HEM;Hématologie;;', 'latin1'), layout);
    expect(old.ok && old.file).toMatchObject({ rows: [{ cells: ['HEM', 'Hématologie', '', ''] }], notes: [{}] });
  });

  it('that cannot be read', () => {
    expect(readLoincFile(new Uint8Array(), layout).ok).toBe(false);
    expect(readLoincFile(new Uint8Array([0x50, 0x4b, 3, 4, 0, 1]), layout).ok).toBe(false);
    expect(read('A;B;C;D\n"E;F').stopped).toBeDefined();
  });

  it('written, then read, are the same', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'é', ';', '"', ' ', '\n', ',', '1') })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const filled = rows.map(([, ...rest]) => ['X', ...rest]);
        const reading = readLoincFile(writeLoincRows(filled), layout);
        expect(reading.ok && reading.file.rows.map(({ cells }) => cells)).toEqual(filled);
      }),
    );
  });

  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(typeof readLoincFile(bytes, layout).ok).toBe('boolean');
      }),
    );
  });
});
