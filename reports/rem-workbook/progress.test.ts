import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';
import { readProgress } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
/** One with two conformity scenarios of which the bench makes a proof, and one with a single scenario. */
const WITH_PROOFS = REM.requirements.filter(({ scenarios }) => scenarios.every(({ proofs }) => proofs.length > 0));
const DOUBLE = WITH_PROOFS.find(({ scenarios }) => scenarios.length === 2)!;
const SINGLE = WITH_PROOFS.find(
  ({ scenarios }) => scenarios[0]?.proofs[0]?.evidenceClass === 'bench' && scenarios.length === 1,
)!;
const slotOf = (requirement: typeof SINGLE, rank = 0): string => requirement.scenarios[rank]!.proofs[0]!.id;

function result(
  name: string,
  requirement: typeof SINGLE,
  slot: string,
  verdict: ScenarioResult['verdict'],
  files: readonly string[] = [],
): ScenarioResult {
  return {
    id: name,
    feature: 'Essai',
    name,
    requirements: [requirement.id],
    slots: [slot],
    verdict,
    reason: '',
    durationMs: 1,
    findings: [],
    otherFindings: [],
    steps: [],
    pieces: files.map((file) => ({
      slot,
      path: `preuves/x/${file}`,
      provenance: {
        slot,
        requirement: requirement.id,
        scenario: name,
        evidenceClass: 'bench',
        caption: 'essai',
        product: { name: 'Labo', version: '1' },
        driver: 'reference',
        rem: { category: 'SGL', wave: 'va1', source: 'catalogue', sha256: REM.sha256 },
        run: 'r',
        verdict,
        collectedAt: '2026-01-01T00:00:00.000Z',
        benchVersion: '0',
        file,
        mediaType: 'text/plain',
        size: 1,
        sha256: 'a',
        originalSha256: 'a',
        masked: false,
      },
    })),
  };
}

function run(id: string, scenarios: readonly ScenarioResult[], more: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    category: 'SGL',
    wave: 'va1',
    profiles: ['general'],
    rem: { source: 'catalogue', sha256: REM.sha256 },
    product: { name: 'Labo', version: '1' },
    driver: 'reference',
    faults: [],
    benchVersion: '0',
    startedAt: `2026-01-0${id.slice(1)}T10:00:00.000Z`,
    endedAt: `2026-01-0${id.slice(1)}T10:05:00.000Z`,
    lifecycle: 'finished',
    verdict: 'conforme',
    durationMs: 1,
    scenarios,
    unexpected: [],
    ...more,
  };
}

async function progressOf(...runs: readonly RunRecord[]) {
  const tracker = await openTracker({ dataDir: mkdtempSync(join(tmpdir(), 'jalon-export-')) });
  try {
    for (const one of runs) await tracker.recordRun({ run: one, rem: REM, runDir: '/tmp/x' });
    const campaign = await tracker.currentCampaign();
    if (campaign === undefined) throw new Error('no campaign');
    return await readProgress(tracker, { id: campaign.id, product: { name: 'Labo', version: '1' } }, REM);
  } finally {
    await tracker.close();
  }
}

describe('readProgress', () => {
  it('gives the state, the pieces of the last run and its date, slot by slot', async () => {
    const slot = slotOf(SINGLE);
    const { slots } = await progressOf(
      run('r1', [result('a#1', SINGLE, slot, 'conforme', ['01-avant.txt'])]),
      run('r2', [result('a#1', SINGLE, slot, 'conforme', ['01-requete.xml', '02-fiche.html'])]),
    );
    expect(slots.get(slot)).toEqual({
      state: 'recueillie',
      pieces: ['01-requete.xml', '02-fiche.html'],
      lastRun: '02/01/2026 à 11:00:00 (r2)',
    });
  });

  it('concludes from the latest result of each scenario, the worst one speaking', async () => {
    const slot = slotOf(SINGLE);
    const { conform } = await progressOf(
      run('r1', [result('a#1', SINGLE, slot, 'non-conforme'), result('b#1', SINGLE, slot, 'a-verifier')]),
      run('r2', [result('a#1', SINGLE, slot, 'conforme')]),
    );
    expect(conform.get(SINGLE.id)).toBe('à vérifier');
    expect(conform.has(DOUBLE.id)).toBe(false);
  });

  it('never calls conform what was only shown in part', async () => {
    const half = run('r1', [result('a#1', DOUBLE, slotOf(DOUBLE), 'conforme')]);
    expect((await progressOf(half)).conform.get(DOUBLE.id)).toBe('conforme en partie (1 scénario sur 2)');
    const rest = run('r2', [result('a#2', DOUBLE, slotOf(DOUBLE, 1), 'conforme')]);
    expect((await progressOf(half, rest)).conform.get(DOUBLE.id)).toBe('conforme');
  });

  it('takes nothing from a product made faulty on purpose, nor from an interruption', async () => {
    const slot = slotOf(SINGLE);
    const { conform } = await progressOf(
      run('r1', [result('a#1', SINGLE, slot, 'conforme', ['01.txt'])]),
      run('r2', [result('a#1', SINGLE, slot, 'non-conforme')], { faults: ['une-faute'] }),
      run('r3', [{ ...result('a#1', SINGLE, slot, 'non-verifiable'), cause: 'interrompu' }], {
        lifecycle: 'interrupted',
      }),
    );
    expect(conform.get(SINGLE.id)).toBe('conforme');
  });
});
