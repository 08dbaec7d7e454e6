import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { serialiseRem, slotsOf, type Rem } from '#dsr/rem/index.ts';
import { openTracker } from '#tracker/store/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { jalon } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-rem-adopt-'));
const OLD: Rem = {
  ...loadCatalogue('SGL', 'va1'),
  layout: 'rem-wave1',
  sha256: '1'.repeat(64),
  source: 'ancienne.xlsx',
};
const SLOT = slotsOf(OLD.requirements).find(({ slot }) => slot.evidenceClass === 'bench')!;
const NEW: Rem = {
  ...OLD,
  sha256: '2'.repeat(64),
  source: 'nouvelle.xlsx',
  requirements: OLD.requirements.map((requirement) =>
    requirement.id === SLOT.requirement.id ? { ...requirement, statement: 'Un énoncé nouveau.' } : requirement,
  ),
};
const FILE = join(folder, 'nouvelle.json');
const RUN: RunRecord = {
  id: 'r1',
  category: 'SGL',
  wave: 'va1',
  profiles: ['general'],
  rem: { source: OLD.source, sha256: OLD.sha256 },
  product: { name: 'Labo', version: '1' },
  driver: 'reference',
  faults: [],
  benchVersion: '0',
  startedAt: '2026-01-01T00:00:00.000Z',
  lifecycle: 'finished',
  verdict: 'conforme',
  durationMs: 1,
  scenarios: [
    {
      id: 'essai#1',
      feature: 'Essai',
      name: 'essai',
      requirements: [SLOT.requirement.id],
      slots: [SLOT.slot.id],
      verdict: 'conforme',
      reason: '',
      durationMs: 1,
      findings: [],
      otherFindings: [],
      steps: [],
      pieces: [
        { slot: SLOT.slot.id, path: 'piece.txt' } as unknown as RunRecord['scenarios'][number]['pieces'][number],
      ],
    },
  ],
  unexpected: [],
};

beforeAll(async () => {
  writeFileSync(FILE, serialiseRem(NEW));
  const tracker = await openTracker({ dataDir: folder });
  await tracker.recordRun({ run: RUN, rem: OLD, runDir: '/r/1' });
  await tracker.close();
});

describe('rem adopt', () => {
  it('shows what would happen, then does it, then has nothing left to do', async () => {
    const dry = await jalon('rem', 'adopt', FILE, '--data', folder, '--dry-run');
    expect(dry.code, dry.err).toBe(0);
    expect(dry.out).toContain('0 état gardé');
    expect(dry.out.replace(/\s+/gu, ' ')).toContain(
      `${SLOT.slot.id} (était : recueillie) L’énoncé de l’exigence a changé.`,
    );
    expect(dry.out).toContain('Rien n’est écrit');

    const real = await jalon('rem', 'adopt', FILE, '--category', 'SGL', '--wave', 'va1', '--data', folder, '--json');
    expect(real.code, real.err).toBe(0);
    expect(JSON.parse(real.out)).toMatchObject({
      dryRun: false,
      from: { sha256: OLD.sha256 },
      to: { sha256: NEW.sha256 },
      summary: { kept: 0, stale: 1, gone: 0, added: 0 },
      absorbed: [],
    });

    const again = await jalon('rem', 'adopt', FILE, '--data', folder);
    expect(again.code).toBe(2);
    expect(again.err).toContain('suit déjà cette REM');
    expect(again.err).toContain('[ADOPTION_REFUSED]');
  });

  it('tells beside what changes without effect on a state', async () => {
    const file = join(folder, 'autre.json');
    const optional: Rem = {
      ...NEW,
      sha256: '3'.repeat(64),
      requirements: NEW.requirements.map((requirement) =>
        requirement.id === SLOT.requirement.id
          ? { ...requirement, nature: requirement.nature === 'DOIT' ? 'PEUT' : 'DOIT' }
          : requirement,
      ),
    };
    writeFileSync(file, serialiseRem(optional));
    const { code, out, err } = await jalon('rem', 'adopt', file, '--data', folder, '--dry-run');
    expect(code, err).toBe(0);
    expect(out).toContain('1 état gardé');
    expect(out).toContain('À savoir pour 1 preuve, sans effet sur son état');
    expect(out).toContain(`${SLOT.slot.id} : L’exigence passe de`);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const { out: json } = await jalon('rem', 'adopt', file, '--data', folder, '--dry-run', '--json');
    const plan = JSON.parse(json) as { readonly slots: readonly { readonly slot: string; readonly note: string }[] };
    expect(plan).toMatchObject({ summary: { noted: 1 }, to: { messages: { errors: 0, list: [] } } });
    expect(plan.slots.find(({ slot }) => slot === SLOT.slot.id)?.note).toMatch(/^L’exigence passe de/u);
  });

  it('says that there is no campaign, or none of that id', async () => {
    const empty = await jalon('rem', 'adopt', FILE);
    expect([empty.code, empty.out]).toEqual([2, '']);
    expect(empty.err).toContain('[CAMPAGNE_ABSENTE]');
    const unknown = await jalon('rem', 'adopt', FILE, '--data', folder, '--campaign', 'nulle');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('Labo 1, SGL va1');
  });
});
