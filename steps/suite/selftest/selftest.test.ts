import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { waitsForScenario } from './choose.ts';
import { everyRule, knownFaults, readExpectations, selftest, type SelftestOptions } from './index.ts';
import { planWaves } from './plan-waves.ts';

const quiet = { phase: () => {}, played: () => {} };
const dataDir = mkdtempSync(join(tmpdir(), 'jalon-autotest-'));
const stop = new AbortController();
afterAll(() => stop.abort());

/** Short: one fault, the scenarios of one section, one process. */
const options: SelftestOptions = {
  section: 'INS',
  faults: ['insi-qualifie-sans-titre'],
  jobs: 1,
  dataDir,
  exchangeTimeoutMs: 3_000,
  stop: stop.signal,
  progress: quiet,
};

describe('the table of faults', () => {
  it('names exactly the faults of the product, each with scenarios of the suite and rules of the checks', async () => {
    const [known, waves, rules] = await Promise.all([knownFaults(), planWaves(), everyRule()]);
    const scenarios = new Set(waves.flatMap((wave) => wave.scenarios.map(({ id }) => id)));
    const ruleIds = new Set(rules.map(({ id }) => id));
    const { faults, complete } = readExpectations();
    const due = known.filter((fault) => !waitsForScenario(fault, complete));
    expect(Object.keys(faults).toSorted()).toEqual(due.map(({ name }) => name).toSorted());
    for (const { name, expected, warnings } of due) expect(expected.length + warnings.length, name).toBeGreaterThan(0);
    for (const { name, expected, warnings, rules: broken } of known) {
      expect(
        [...expected, ...warnings].filter((id) => !scenarios.has(id)),
        name,
      ).toEqual([]);
      expect(
        broken.filter((id) => !ruleIds.has(id)),
        name,
      ).toEqual([]);
    }
  });

  it('is held against the rules of every folder of checks', async () => {
    const folders = readdirSync(fileURLToPath(new URL('../../../checks/', import.meta.url)), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['rule', 'report'].includes(entry.name))
      .map(({ name }) => name);
    const rules = await everyRule();
    expect(folders.length).toBeGreaterThan(5);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.length).toBeGreaterThan(folders.length);
  });
});

describe('a selftest', { timeout: 120_000 }, () => {
  it('catches a fault by its expected scenarios, and says so of a table that is wrong', async () => {
    const [qualified, kept] = ['insi-qualifie-sans-titre', 'insi-garde-date-00'] as const;
    const seen = 'ins/date-de-naissance-incomplete#1';
    const report = await selftest({
      ...options,
      sample: 0,
      faults: [qualified, kept],
      expectations: {
        ...readExpectations(),
        faults: { [kept]: [seen], [qualified]: [seen, 'ins/absent#1'], disparue: [seen] },
        warnings: {},
        pending: ['ins/statuts', 'ins/parti'],
      },
    });
    expect(report.baseline).toEqual({ scenarios: 1, red: [] });
    const [wrong, right] = report.faults;
    expect(right).toMatchObject({ caught: true, caughtBy: [seen], missing: [], misjudged: [], played: 1 });
    expect(right?.rulesMissing).toEqual([]);
    expect(wrong).toMatchObject({ caught: false, caughtBy: [], missing: [seen, 'ins/absent#1'] });
    expect(report.stale).toEqual([
      "disparue : le SGL de référence n'a pas cette faute",
      `${qualified} : la suite n'a pas le scénario ins/absent#1`,
      'en attente : la suite n’a rien sous ins/parti',
    ]);
  });

  it('refuses names that nothing bears', async () => {
    await expect(selftest({ ...options, faults: ['inconnue'] })).rejects.toMatchObject({
      code: 'FAUTE_INCONNUE',
      unknown: ['inconnue'],
    });
    await expect(selftest({ ...options, faults: [], section: 'ZZZ' })).rejects.toMatchObject({
      code: 'SECTION_SANS_FAUTE',
    });
  });

  it('ends at once when it is stopped, and says that it is not over', async () => {
    const report = await selftest({ ...options, stop: AbortSignal.abort() });
    expect(report).toMatchObject({ interrupted: true, faults: [] });
  });
});
