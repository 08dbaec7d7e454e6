import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { parseCitation } from '../references/index.ts';
import { loadCatalogue } from './index.ts';
import type { CatalogueRequirement, RequirementsData } from './index.ts';
import { borrowedRun, runsOf } from './own-words.ts';

const LISTS = new URL('../../../shared/rem/', import.meta.url);

interface OfficialRequirement {
  readonly id: string;
  readonly status: string;
  readonly statement: string;
  readonly section: string;
  readonly sectionId: string;
  readonly block: string;
  readonly function: string;
  readonly profile: string;
  readonly nature: string;
  readonly scenarios: readonly {
    readonly id: string;
    readonly text: string;
    readonly proofs: readonly { readonly id: string; readonly text: string }[];
  }[];
}

// Skipped when the reference lists do not lie beside the checkout: they are not ours to distribute.
describe.skipIf(!existsSync(LISTS))(
  'the catalogue beside the reference lists (skipped when ../shared/rem is absent)',
  () => {
    const read = (name: string) => JSON.parse(readFileSync(new URL(name, LISTS), 'utf8')) as OfficialRequirement[];

    it.each([
      ['va1', 'SGL-va1.json'],
      ['va2', 'SGL-va2.json'],
    ] as const)('has every requirement, scenario and proof number of %s', (wave, file) => {
      const official = read(file).filter((one) => one.status !== 'obsolete');
      const ours = new Map(loadCatalogue('SGL', wave).requirements.map((one) => [one.rawId, one]));
      expect([...ours.keys()].sort()).toEqual(official.map((one) => one.id).sort());
      for (const one of official) {
        const mine = ours.get(one.id);
        expect(mine?.profile, one.id).toBe(one.profile);
        expect(mine?.section, one.id).toBe(one.sectionId);
        expect(mine?.nature, one.id).toBe(one.nature === 'EXIGENCE' ? 'DOIT' : 'PEUT');
        expect(
          mine?.scenarios.map((scenario) => [scenario.rawId, ...scenario.proofs.map((slot) => slot.rawId)]),
        ).toEqual(one.scenarios.map((scenario) => [scenario.id, ...scenario.proofs.map((slot) => slot.id)]));
      }
    });

    it('cites a version of its own only where the list names it', () => {
      const stated = new Map(read('SGL-va2.json').map((one) => [one.id, textsOf(one).join(' ')]));
      const cited = loadCatalogue('SGL', 'va2').requirements.flatMap(({ rawId, references = [] }) =>
        references.flatMap((one) => {
          const { version } = parseCitation(one);
          return version === undefined ? [] : [{ rawId, version }];
        }),
      );
      expect(cited).not.toEqual([]);
      for (const { rawId, version } of cited) expect(stated.get(rawId), rawId).toContain(`v${version}`);
    });

    it('says everything in its own words', () => {
      const lists = readdirSync(LISTS).filter((name) => name.endsWith('.json'));
      const runs = runsOf(lists.flatMap((name) => read(name).flatMap(textsOf)));
      expect(runs.size).toBeGreaterThan(10_000);
      const borrowed = ourTexts().filter((text) => borrowedRun(text, runs) !== undefined);
      expect(borrowed).toEqual([]);
    });
  },
);

function textsOf(one: OfficialRequirement): readonly string[] {
  return [
    one.statement,
    one.section,
    one.block,
    one.function,
    ...one.scenarios.flatMap((scenario) => [scenario.text, ...scenario.proofs.map((proof) => proof.text)]),
  ];
}

/** Every word of ours about any requirement, whatever the couloir that publishes it. */
function ourTexts(): readonly string[] {
  const folder = new URL('./requirements/', import.meta.url);
  const files = readdirSync(folder).flatMap((wave) =>
    readdirSync(new URL(`${wave}/`, folder)).map((name) => `${wave}/${name}`),
  );
  const described = (one: CatalogueRequirement): readonly string[] => [
    one.title,
    one.block,
    one.function,
    one.observation ?? '',
    ...one.scenarios.flatMap((scenario) => [
      scenario.title,
      ...scenario.proofs.flatMap((proof) => [proof.title, proof.condition ?? '']),
    ]),
  ];
  return files.flatMap((file) =>
    (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RequirementsData).requirements.flatMap(described),
  );
}
