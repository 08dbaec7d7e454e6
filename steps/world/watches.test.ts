import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCollector, type Capture, type Collector } from '#evidence/index.ts';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { createJournal, type Journal } from '#mocks/journal/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { Watches, type Watch } from './watches.ts';
import { folderVault } from '#evidence/vault/index.ts';

const SET = Date.parse('2026-01-05T10:00:00.000Z');

function call(id: string, operation: string, patient: string, startedAt: string): HttpExchange {
  return httpExchange({ id, service: 'insi', startedAt, operation, attribution: { patient }, outcome: 'répondu 00' });
}

const watch: Watch = {
  query: { service: 'insi', about: 'P1', since: '' },
  why: 'Le produit a appelé INSi pour une identité douteuse.',
  isWrong: () => true,
  findings: () => [],
  at: SET,
};

const result: ScenarioResult = {
  id: 'ins/attributs#7',
  feature: 'features/ins/attributs.feature',
  name: 'aucun appel',
  requirements: ['INS/va1.20'],
  slots: ['INS/va1.20.01.01'],
  verdict: 'conforme',
  reason: '',
  durationMs: 5,
  findings: [],
  otherFindings: [],
  rulesHeld: [{ id: 'INS-FLAG-NO-CALL', title: 'Aucun appel.' }],
  steps: [],
  pieces: [],
};

const capture: Capture = {
  name: 'tentative',
  extension: '.json',
  mediaType: 'application/json',
  bytes: Buffer.from('{}'),
  caption: 'La tentative',
};

describe('the watches of a run', () => {
  let runDir: string;
  let journal: Journal;
  let collector: Collector;
  beforeEach(() => {
    runDir = mkdtempSync(join(tmpdir(), 'jalon-veille-'));
    journal = createJournal();
    collector = createCollector({
      runDir,
      originals: folderVault(join(runDir, 'originaux')),
      known: { ins: new Set(), names: new Set(), domains: [] },
      now: () => new Date(SET),
      facts: {
        product: { name: 'Labo', version: '7' },
        driver: 'reference',
        rem: { category: 'SGL', wave: 'va1', source: 'REM.xlsx', sha256: 'f00' },
        run: 'r1',
        benchVersion: '0.1.0',
      },
    });
  });

  async function filed(): Promise<ScenarioResult> {
    const id = 'INS/va1.20.01.01';
    const { pieces } = await collector.file(
      [capture],
      [{ slot: { id, rawId: id, text: 'T', kinds: [], evidenceClass: 'bench' }, requirement: 'INS/va1.20' }],
      result.id,
      'conforme',
    );
    return { ...result, pieces };
  }

  it('say nothing of a scenario that kept its promise', async () => {
    const watches = new Watches();
    watches.hold({ result, captures: [], watches: [watch] });
    journal.record(call('1', 'rechercherInsAvecTraitsIdentite', 'P2', '2026-01-05T10:00:01.200Z'));
    expect(await watches.broken(journal, collector)).toEqual([]);
  });

  it('turn a broken one wrong, tell what came and when, and take its pieces out of the slot', async () => {
    const watches = new Watches();
    const finding = {
      rule: 'INS-FLAG-NO-CALL',
      layer: 'business',
      severity: 'error',
      requirements: ['INS/va1.20'],
      source: 's',
      where: 'w',
      received: 'r',
      expected: 'e',
      remedy: 'm',
    } as const;
    const judged = await filed();
    watches.hold({ result: judged, captures: [capture], watches: [{ ...watch, findings: () => [finding] }] });
    journal.record(call('1', 'rechercherInsAvecTraitsIdentite', 'P1', '2026-01-05T10:00:01.200Z'));
    journal.record(call('2', 'rechercherInsAvecTraitsIdentite', 'P1', '2026-01-05T10:00:02.200Z'));
    const [broken, ...others] = await watches.broken(journal, collector);
    expect(others).toEqual([]);
    expect(broken).toMatchObject({ id: result.id, verdict: 'non-conforme', pieces: [], rulesHeld: [] });
    expect(broken?.findings.map(({ rule }) => rule)).toEqual(['INS-FLAG-NO-CALL', 'INS-FLAG-NO-CALL']);
    expect(broken?.reason).toContain('identité douteuse');
    expect(broken?.reason).toContain('rechercherInsAvecTraitsIdentite (insi), 1,2 s plus tard, puis 1 autre(s)');
    expect(broken?.exhibits?.map(({ path }) => path)).toEqual([
      'echecs/ins_attributs_7/01-tentative.json',
      'echecs/ins_attributs_7/02-arrive-ensuite-requete.http',
      'echecs/ins_attributs_7/03-arrive-ensuite-requete.http',
    ]);
    expect(readdirSync(join(runDir, 'preuves'))).toEqual([]);
  });

  it('count only what is said to be wrong', async () => {
    const watches = new Watches();
    const onlyVerification: Watch = { ...watch, isWrong: ({ operation }) => operation.startsWith('verifier') };
    watches.hold({ result, captures: [], watches: [onlyVerification] });
    journal.record(call('1', 'rechercherInsAvecTraitsIdentite', 'P1', '2026-01-05T10:00:01.200Z'));
    expect(await watches.broken(journal, collector)).toEqual([]);
    journal.record(call('2', 'verifierIns', 'P1', '2026-01-05T10:00:01.200Z'));
    expect(await watches.broken(journal, collector)).toHaveLength(1);
  });

  it('last for a while after the last scenario, no longer than it takes to see them broken', async () => {
    const watches = new Watches();
    watches.hold({ result, captures: [], watches: [{ ...watch, at: Date.now() }] });
    const lasting = watches.last(journal, 3_600_000);
    journal.record(call('1', 'verifierIns', 'P2', '2026-01-05T10:00:01.200Z'));
    journal.record(call('2', 'verifierIns', 'P1', '2026-01-05T10:00:01.200Z'));
    await lasting;
    expect(await watches.broken(journal, collector)).toHaveLength(1);
  });

  it('do not last when nothing was watched lately', async () => {
    const watches = new Watches();
    watches.hold({ result, captures: [], watches: [watch] });
    await watches.last(journal, 1000);
    expect(await watches.broken(journal, collector)).toEqual([]);
  });
});
