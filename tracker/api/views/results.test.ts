import { describe, expect, it } from 'vitest';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Tracker } from '../../store/index.ts';
import type { RunRecord, ScenarioResult } from '../../types.ts';
import { runResults } from './results.ts';

const FINDING: Finding = {
  rule: 'X-Y',
  layer: 'business',
  severity: 'error',
  where: 'PID-5',
  received: '',
  expected: 'un nom',
  remedy: 'Écrivez le nom.',
  requirements: ['INS/va1.04'],
  source: 'essai',
};

const scenario = (
  id: string,
  findings: readonly Finding[],
  otherFindings: readonly Finding[] = [],
): ScenarioResult => ({
  id,
  feature: 'Essai',
  name: `essai ${id}`,
  requirements: ['INS/va1.04'],
  slots: [],
  verdict: 'conforme',
  reason: '',
  durationMs: 1,
  findings,
  otherFindings,
  steps: [{ text: 'Quand il agit', status: 'passed' }],
  pieces: [],
});

/** A store of runs that are all alike, and says which ones were read. */
function store(scenarios: readonly ScenarioResult[]): {
  readonly read: string[];
  readonly tracker: Pick<Tracker, 'run'>;
} {
  const read: string[] = [];
  return {
    read,
    tracker: {
      run: async (id) => {
        read.push(id);
        return { run: { id, scenarios } as RunRecord, dir: '' };
      },
    },
  };
}

const TWENTY = Array.from({ length: 20 }, (_, rank) => `r${rank}`);

describe('results of runs', () => {
  it('are those of scenarios that say something, without what a page of findings does not show', async () => {
    const { tracker } = store([scenario('a', [FINDING]), scenario('b', [], [FINDING]), scenario('c', [])]);
    const results = await runResults(tracker)('r');
    expect([...results]).toEqual([
      ['a', { id: 'a', name: 'essai a', findings: [FINDING], otherFindings: [] }],
      ['b', { id: 'b', name: 'essai b', findings: [], otherFindings: [FINDING] }],
    ]);
  });

  it('are read once for all those who go from one campaign to the next', async () => {
    const { tracker, read } = store([
      scenario(
        'a',
        Array.from({ length: 100 }, () => FINDING),
      ),
    ]);
    const results = runResults(tracker);
    for (let round = 0; round < 3; round += 1) for (const run of TWENTY) await results(run);
    await Promise.all(['new', 'new'].map(results));
    expect(read).toEqual([...TWENTY, 'new']);
  });

  it('are kept within bounds: those that were asked for last stay', async () => {
    const { tracker, read } = store([
      scenario(
        'a',
        Array.from({ length: 4_000 }, () => FINDING),
      ),
    ]);
    const results = runResults(tracker);
    for (const run of ['r1', 'r2', 'r3', 'r4', 'r1', 'r5', 'r6']) await results(run);
    expect(read).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
    await results('r1');
    expect(read).toHaveLength(6);
    await results('r2');
    expect(read.slice(6)).toEqual(['r2']);
  });

  it('count runs that say nothing too', async () => {
    const { tracker, read } = store([scenario('a', [])]);
    const results = runResults(tracker);
    for (let rank = 0; rank <= 20_000; rank += 1) await results(`r${rank}`);
    await results('r0');
    expect(read).toHaveLength(20_002);
  });

  it('are asked for again when they could not be read', async () => {
    let failures = 1;
    const results = runResults({
      run: async (id) => {
        if (failures > 0) {
          failures -= 1;
          throw new Error('panne');
        }
        return { run: { id, scenarios: [scenario('a', [FINDING])] } as unknown as RunRecord, dir: '' };
      },
    });
    await expect(results('r')).rejects.toThrow('panne');
    expect((await results('r')).size).toBe(1);
  });

  it('of a run that the store does not have are none', async () => {
    expect((await runResults({ run: () => Promise.resolve(undefined) })('r')).size).toBe(0);
  });
});
