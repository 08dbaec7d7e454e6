import { describe, expect, it } from 'vitest';
import { hasRightCheckDigit, isLoincCode, layoutOf, readLoincFile, type LoincRank } from '#formats/loinc/index.ts';
import { anotherCode, codesOf, OUTSIDE, transcode } from './index.ts';

const EXPORTS: Readonly<Record<1 | 2 | 3, string>> = {
  1: 'BIO;Biochimie;ENZ;Enzymes\nBIO;Biochimie;HOR;Hormones\n;Hématologie;;\n',
  2: 'IONO;"Ionogramme; complet";;BIO;;Sang;HN;NA;Sodium\nIONO;"Ionogramme; complet";;BIO;;Sang;HN;K;Potassium\n',
  3: 'NA;Sodium;;;;;;;;;;\nK;Potassium;;;;;;;;;;\n',
};

function fileOf(rank: LoincRank, bytes: Uint8Array) {
  const reading = readLoincFile(bytes, layoutOf(rank));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.file;
}

describe('the transcoder', () => {
  it.each([1, 2, 3] as const)('gives LOINC_%i back, row by row, with right codes', (rank) => {
    const source = fileOf(rank, Buffer.from(EXPORTS[rank]));
    const { bytes, fileName, given } = transcode(source, 'juste', '2026-02-03');
    expect(fileName).toMatch(new RegExp(`^LOINC_${rank + 3}_.*20260203\\.csv$`, 'u'));
    const file = fileOf((rank + 3) as LoincRank, bytes);
    const width = source.layout.columns.length;
    expect(file.rows.map(({ cells }) => cells.slice(0, width))).toEqual(source.rows.map(({ cells }) => cells));
    for (const { codes } of given)
      expect(codes.every((code) => isLoincCode(code) && hasRightCheckDigit(code))).toBe(true);
    expect(given.map(({ item }) => item)).toEqual(
      { 1: ['BIO', 'ENZ', 'HOR', 'Hématologie'], 2: ['IONO'], 3: ['NA', 'K'] }[rank],
    );
  });

  it('one code outside the biology for each kind of element', () => {
    const kinds = ([1, 2, 3] as const).flatMap((rank) =>
      transcode(fileOf(rank, Buffer.from(EXPORTS[rank])), 'hors-jeu', '2026-02-03')
        .given.filter(({ codes }) => codes.some((code) => OUTSIDE.has(code)))
        .map(({ kind }) => kind),
    );
    expect(kinds).toEqual(['chapter', 'subChapter', 'test', 'analysis']);
  });

  it('two codes for one analysis', () => {
    const { given } = transcode(fileOf(3, Buffer.from(EXPORTS[3])), 'codes-multiples', '2026-02-03');
    expect(given.map(({ codes }) => codes.length)).toEqual([2, 1]);
  });

  it('has right codes, and another one for whatever an element has', () => {
    for (const kind of ['chapter', 'subChapter', 'test', 'analysis'] as const) {
      for (const { code } of codesOf(kind)) {
        expect(isLoincCode(code) && hasRightCheckDigit(code), code).toBe(true);
        expect(OUTSIDE.has(code)).toBe(false);
      }
      const [first] = codesOf(kind);
      expect(anotherCode(kind, [first?.code ?? '']).code).not.toBe(first?.code);
    }
  });
});
