import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { planSuite } from '../suite/index.ts';
import { readSuite } from './index.ts';

function feature(...lines: readonly string[]): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'jalon-couverture-')), 'essai.feature');
  writeFileSync(file, ['# language: fr', ...lines, ''].join('\n'));
  return [file];
}

describe('the suite as it is written', () => {
  it('has the scenarios of a run, under the same ids and tags', async () => {
    const suite = new Map((await readSuite()).map((one) => [one.id, one]));
    const { scenarios } = await planSuite({ rem: loadCatalogue('SGL', 'va1'), profiles: ['general'] });
    for (const { key: _, here: __, seats: ___, ...planned } of scenarios)
      expect(suite.get(planned.id)).toEqual(planned);
  });

  it('takes every wave and profile, in the order of the file, without asking whether a step is known', async () => {
    const paths = feature(
      '@vague:va1 @profil:general',
      'Fonctionnalité: essai',
      '  @exigence:A @preuve:A.01',
      '  Scénario: seul',
      '    Quand la lune se lève',
      '  @vague:va2 @guide',
      '  Plan du Scénario: guidé',
      '    Quand la lune se lève <fois> fois',
      '    Exemples:',
      '      | fois |',
      '      | une  |',
      '      | deux |',
    );
    const suite = await readSuite(paths);
    expect(suite.map(({ id, name, tags }) => [id.split('#')[1], name, tags.waves, tags.guided])).toEqual([
      ['1', 'seul', ['va1'], false],
      ['2', 'guidé', ['va1', 'va2'], true],
      ['3', 'guidé', ['va1', 'va2'], true],
    ]);
    expect(suite[0]?.tags).toMatchObject({ requirements: ['A'], slots: ['A.01'], profiles: ['general'] });
  });

  it('leaves a run after it with its step definitions', async () => {
    await readSuite();
    const { scenarios } = await planSuite({ rem: loadCatalogue('SGL', 'va1'), profiles: ['general'] });
    expect(scenarios.length).toBeGreaterThan(0);
  });

  it('stops on a feature that cannot be read', async () => {
    await expect(
      readSuite(feature('Fonctionnalité: essai', '  Scénario: x', '    Quand rien', '    Bancal')),
    ).rejects.toMatchObject({
      code: 'GHERKIN',
    });
  });
});
