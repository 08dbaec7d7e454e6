import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { serialiseRem } from '#dsr/rem/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { start, workFolder } from './testing.ts';

interface RunDocument {
  readonly dir: string;
  readonly scenarios: Readonly<Record<string, number>>;
  readonly requirements: { readonly exercised: number; readonly applicable: number };
  readonly failures: readonly unknown[];
}

describe('wave 2', { timeout: 120_000 }, () => {
  it('is played as far as there are scenarios, and says how much of the REM that is', async () => {
    const folder = workFolder();
    const { code, out, err } = await start(['run', '--wave', 'va2', '--data', folder, '--json']).ended;
    const document = JSON.parse(out) as RunDocument;
    expect({ code, failures: document.failures }, err).toEqual({ code: 0, failures: [] });
    expect(document.scenarios['total']).toBeGreaterThan(0);
    const { exercised, applicable } = document.requirements;
    expect(exercised).toBeGreaterThan(0);
    expect(applicable).toBeGreaterThan(exercised);

    const run = JSON.parse(readFileSync(join(document.dir, 'run.json'), 'utf8')) as RunRecord;
    expect(run.wave).toBe('va2');
    const known = new Set(loadCatalogue('SGL', 'va2').requirements.map(({ id }) => id));
    for (const scenario of run.scenarios) {
      expect(scenario.requirements.length, scenario.id).toBeGreaterThan(0);
      expect(
        scenario.requirements.filter((id) => !known.has(id)),
        scenario.id,
      ).toEqual([]);
    }
    expect(readFileSync(join(document.dir, 'index.html'), 'utf8')).toContain('vague 2');
  });

  it('without any scenario for the REM says which ones there are', async () => {
    const folder = workFolder();
    const catalogue = loadCatalogue('SGL', 'va2');
    const [first] = catalogue.requirements;
    if (!first) throw new Error('an empty catalogue');
    const file = join(folder, 'rem.json');
    const requirements = [{ ...first, id: 'ZZZ/99.01', section: 'ZZZ', scenarios: [] }];
    writeFileSync(file, serialiseRem({ ...catalogue, category: 'ESSAI', layout: 'rem-wave2', requirements }));
    const { code, err } = await start(['run', '--rem', file, '--category', 'ESSAI', '--wave', 'va2', '--data', folder])
      .ended;
    expect(code).toBe(2);
    for (const words of ['SUITE_ABSENTE', 'ESSAI', '--category SGL --wave va1', '--category SGL --wave va2'])
      expect(err).toContain(words);
  });
});
