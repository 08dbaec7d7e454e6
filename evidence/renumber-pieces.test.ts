import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProofSlot } from '#dsr/rem/index.ts';
import { createCollector, renumberPieces, slotFolder, type Collector } from './index.ts';
import { folderVault } from './vault/index.ts';

const slot: ProofSlot = {
  id: 'MSS/va1.09.01.01',
  rawId: 'MSS/va1.09.01.01',
  text: 'Source',
  kinds: ['mail-source'],
  evidenceClass: 'bench',
};

function collectorIn(runDir: string, first: number, step: number): Collector {
  return createCollector({
    runDir,
    originals: folderVault(join(runDir, 'originaux')),
    known: { ins: new Set(), names: new Set(), domains: [] },
    now: () => new Date('2026-01-01T00:00:00Z'),
    numbers: { first, step },
    facts: {
      product: { name: 'Labo', version: '7' },
      driver: 'reference',
      rem: { category: 'SGL', wave: 'va1', source: 'REM.xlsx', sha256: 'f00' },
      run: 'r1',
      benchVersion: '0.1.0',
    },
  });
}

async function filedBy(collector: Collector, text: string, scenario: string) {
  const capture = {
    name: 'courriel',
    extension: '.eml',
    mediaType: 'message/rfc822',
    bytes: Buffer.from(text),
    caption: 'La source',
  };
  const { pieces } = await collector.file([capture], [{ slot, requirement: 'R' }], scenario, 'conforme');
  const [piece] = pieces;
  if (piece === undefined) throw new Error('rien n’est versé');
  return piece;
}

describe('pieces of several collectors', () => {
  it('take the numbers of one collector, sheets included, and those withdrawn keep theirs', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const [one, two] = [collectorIn(runDir, 1, 2), collectorIn(runDir, 2, 2)];
    // In the order of the plan: b was filed by the second process, and so on.
    const a = await filedBy(two, 'a', 'x#1');
    const b = await filedBy(one, 'b', 'x#2');
    const c = await filedBy(one, 'c', 'x#3');
    const d = await filedBy(one, 'd', 'x#4');
    expect([a, b, c, d].map(({ provenance }) => provenance.file.slice(0, 2))).toEqual(['02', '01', '03', '05']);
    await one.withdraw([c]);
    const filed = [a, b, c, d].map((piece) => ({ piece, withdrawn: piece === c }));
    const moved = await renumberPieces(runDir, filed);
    expect([...moved.keys()].toSorted()).toEqual([a, b, d].map(({ path }) => path).toSorted());
    const folder = join(runDir, 'preuves', slotFolder(slot.id));
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    expect(readdirSync(folder).filter((name) => name.endsWith('.eml'))).toEqual([
      '01-courriel.eml',
      '02-courriel.eml',
      '04-courriel.eml',
    ]);
    expect(readdirSync(folder)).toHaveLength(9);
    expect(['01', '02', '04'].map((number) => read(`${number}-courriel.eml`))).toEqual(['a', 'b', 'd']);
    for (const [number, scenario] of [
      ['01', 'x#1'],
      ['02', 'x#2'],
      ['04', 'x#4'],
    ] as const) {
      const file = `${number}-courriel.eml`;
      expect(JSON.parse(read(`${file}.provenance.json`))).toMatchObject({ file, scenario });
      expect(read(`${file}.provenance.txt`)).toContain(`Fichier : ${file} `);
    }
  });
});
