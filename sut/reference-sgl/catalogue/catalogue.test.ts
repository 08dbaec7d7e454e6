import { describe, expect, it } from 'vitest';
import { createCatalogue } from './index.ts';

const AT = new Date('2026-02-03T22:30:00Z');
const open = (...faults: readonly string[]) => createCatalogue(new Set(faults), () => AT);
const text = (file: { readonly bytes: Uint8Array }): string => Buffer.from(file.bytes).toString('utf8');

describe('exports', () => {
  it('bear the day of France, and as many fields as they must', () => {
    const catalogue = open();
    expect(([1, 2, 3] as const).map((file) => catalogue.export(file).fileName)).toEqual([
      'LOINC_1_export_chapitres_20260203.csv',
      'LOINC_2_export_demandes_20260203.csv',
      'LOINC_3_export_resultats_20260203.csv',
    ]);
    for (const [file, fields] of [
      [1, 4],
      [2, 9],
      [3, 12],
    ] as const) {
      const lines = text(catalogue.export(file)).trimEnd().split('\r\n');
      expect(lines.length).toBeGreaterThanOrEqual(10);
      for (const line of lines) expect(line.split(';')).toHaveLength(fields);
    }
  });
});

describe('imports', () => {
  const coded = (code: string): Uint8Array =>
    Buffer.from(
      text(open().export(3))
        .trimEnd()
        .split('\r\n')
        .map((line, rank) => (rank === 0 ? `${line};${code};Libellé` : `${line};3016-3;TSH`))
        .join('\r\n'),
    );

  it('take one code, dated', () => {
    const catalogue = open();
    expect(catalogue.import(6, coded('2885-2')).anomalies).toEqual([]);
    expect(catalogue.entries.analyses[0]?.loinc).toEqual({ code: '2885-2', label: 'Libellé', since: AT });
  });

  it('tell a code outside the biology and take it, tell two codes and take none', () => {
    const catalogue = open();
    expect(catalogue.import(6, coded('8480-6')).anomalies).toMatchObject([
      { blocking: false, loinc: '8480-6', item: 'NA' },
    ]);
    expect(catalogue.entries.analyses[0]?.loinc?.code).toBe('8480-6');
    expect(catalogue.import(6, coded('2885-2 777-3')).anomalies).toMatchObject([{ blocking: true, item: 'NA' }]);
    expect(catalogue.entries.analyses[0]?.loinc?.code).toBe('8480-6');
  });

  it.each([
    ['', 'vide'],
    ['NA;Sodium\r\n', 'champs'],
  ])('refuse %j', (bytes, why) => {
    expect(() => open().import(6, Buffer.from(bytes))).toThrow(new RegExp(why, 'u'));
  });
});

describe('a change by hand', () => {
  it('is dated, and refuses what is no code or is not in the catalogue', () => {
    const catalogue = open();
    expect(catalogue.change('subChapter', 'ION', '18719-5')).toBe('Code LOINC de Ions : 18719-5.');
    expect(catalogue.entries.chapters[0]?.subChapters[0]?.loinc).toMatchObject({ code: '18719-5', since: AT });
    expect(() => catalogue.change('test', 'IONO', 'sodium')).toThrow(/code LOINC/u);
    expect(() => catalogue.change('test', 'XYZ', '777-3')).toThrow(/XYZ/u);
  });
});
