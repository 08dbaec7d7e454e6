import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';
import { createRunFile, recordBytes } from './run-file.ts';

const result = (id: string, reason = ''): ScenarioResult => ({
  id,
  feature: 'F',
  name: 'N',
  requirements: [],
  slots: [],
  verdict: 'conforme',
  reason,
  durationMs: 1,
  findings: [],
  otherFindings: [],
  steps: [{ text: 'é « "scenarios": [] »\n  "scenarios": []', status: 'passed' }],
  pieces: [],
});

const record = (scenarios: readonly ScenarioResult[]): RunRecord => ({
  id: 'r',
  category: 'SGL',
  wave: 'va1',
  profiles: ['\n  "scenarios": []'],
  rem: { source: 's', sha256: 'f' },
  product: { name: 'P', version: '1' },
  driver: 'reference',
  faults: [],
  benchVersion: '0',
  jobs: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  lifecycle: 'judging',
  verdict: 'conforme',
  durationMs: 1,
  scenarios,
  unexpected: [],
});

describe('the file of a run', () => {
  it.each([0, 1, 3])('is what JSON.stringify writes, with %i results', (count) => {
    const whole = record(Array.from({ length: count }, (_, rank) => result(`a#${rank}`, 'ligne\nautre')));
    const texts = new WeakMap<ScenarioResult, Buffer>();
    for (let time = 0; time < 2; time += 1) {
      expect(recordBytes(whole, texts).toString('utf8')).toBe(`${JSON.stringify(whole, null, 2)}\n`);
    }
  });

  it('ends with what was asked last, whatever was asked during a write', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'jalon-run-')), 'run.json');
    const kept = createRunFile(file);
    const results: ScenarioResult[] = [];
    for (let rank = 0; rank < 20; rank += 1) {
      results.push(result(`a#${rank}`));
      kept.refresh(() => record([...results]));
      if (rank % 7 === 0) await kept.settled();
    }
    await kept.settled();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(record(results));
  });

  it('says the write that failed, and writes the later ones', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-run-'));
    const file = join(folder, 'run.json');
    const kept = createRunFile(file);
    kept.refresh(() => {
      throw new Error('plus de place');
    });
    await expect(kept.settled()).rejects.toThrow('plus de place');
    kept.refresh(() => record([]));
    await expect(kept.settled()).rejects.toThrow('plus de place');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(record([]));
  });
});
