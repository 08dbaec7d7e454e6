import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOINC } from './loinc.ts';
import { readValueSet } from './value-set.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-loinc-'));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const THREE = file('LOINC_3_export_resultats_20260203.csv', 'NA;Sodium;;;;;;;;;;\n');
const SIX = file('LOINC_6_transcodage_demandes_20260203.csv', 'NA;Sodium;;;;;;;;;;;2951-2;Sodium\n');

const rules = async (files: readonly string[], valueSet?: ReadonlySet<string>) =>
  (await LOINC.judge(files, valueSet === undefined ? {} : { valueSet })).map(({ findings }) =>
    findings.map(({ rule, severity }) => `${rule} ${severity}`),
  );

describe('jalon check loinc', () => {
  it('judges files together, and says what it could not judge', async () => {
    expect(await rules([THREE, SIX], new Set(['2951-2']))).toEqual([[], []]);
    expect(await rules([SIX])).toEqual([['FILE-SCOPE info', 'FILE-SCOPE info']]);
    expect(await rules([THREE, SIX], new Set(['718-7']))).toEqual([[], ['LOI-CODE-VALUE-SET warning']]);
  });

  it('tells what the transcoder lost, where it lost it', async () => {
    const lost = file('LOINC_6_transcodage_demandes_20260204.csv', 'NA;Natrium;;;;;;;;;;;2951-2;Sodium\n');
    const [, outcome] = await LOINC.judge([THREE, lost], { valueSet: new Set(['2951-2']) });
    expect(outcome?.findings).toMatchObject([
      { rule: 'LOI-TRANSCODED', where: 'LOINC_6_transcodage_demandes_20260204.csv, ligne 1, champ 2' },
    ]);
  });

  it('a file that is none of the six, that is not there, that is not text', async () => {
    const [unnamed, missing, binary] = await LOINC.judge(
      [file('export.csv', 'a;b'), join(folder, 'LOINC_1.csv'), file('LOINC_2_x.csv', Uint8Array.from([0, 1, 2]))],
      {},
    );
    expect(unnamed).toMatchObject({ readable: false, findings: [{ rule: 'LOI-NAME' }] });
    expect(missing).toMatchObject({ readable: false, findings: [{ rule: 'FILE-READABLE' }] });
    expect(binary).toMatchObject({ readable: false, findings: [{ rule: 'LOI-READABLE' }] });
  });
});

describe('a value set', () => {
  it.each([
    ['set.csv', 'Code;Libellé\n2951-2;Sodium\n718-7;Hémoglobine\nAutre;ligne\n'],
    ['set.txt', '2951-2\n718-7\n'],
    ['set.xml', '<V xmlns="urn:x"><Concept code="2951-2"/><Concept code="718-7"/><Concept code="N1"/></V>'],
  ])('%s', async (name, content) => {
    expect([...(await readValueSet(file(name, content)))]).toEqual(['2951-2', '718-7']);
  });

  it.each([
    ['none.csv', 'a;b\n'],
    ['broken.xml', '<V><Concept code="2951-2">'],
    ['cut.csv', '2951-2;"Sodium\n'],
  ])('%s is refused', async (name, content) => {
    await expect(readValueSet(file(name, content))).rejects.toMatchObject({ code: 'CHECK_VALUE_SET_INVALID' });
  });
});
