import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { loadProfiles } from '../profiles/index.ts';
import { findReference, parseCitation } from '../references/index.ts';
import { isUnder, normaliseId } from '../rem/id.ts';
import { slotsOf } from '../rem/query.ts';
import { compareSections, loadCatalogue, sectionTitle } from './index.ts';
import type { RequirementsData } from './index.ts';

const KINDS = new Set(
  (
    'video screenshot log mail-source soap-message gazelle-link mss-tool-run-id pdf ' +
    'cnda-certificate attestation documentation hl7-message csv-file pentest-form print-scan ' +
    'config-extract code-extract cda-document other'
  ).split(' '),
);
/** Kinds that only an external tool or body delivers. */
const EXTERNAL = new Set(['gazelle-link', 'mss-tool-run-id', 'cnda-certificate', 'pentest-form']);
const OBSERVABLES = new Set('insi dmp mssante annuaire psc cda hl7 fichier ecran declaration'.split(' '));
/** What no exchange and no file shows. */
const OFF_THE_WIRE = new Set(['ecran', 'declaration']);

/** Ids that the official list does not put under their parent, kept as it gives them. */
const IRREGULAR: Readonly<Record<'va1' | 'va2', readonly string[]>> = {
  va1: [],
  va2: [
    'DMP/HISTO.03',
    'DMP/HISTO.04',
    'DMP/INT.09.01',
    'PSC.01.01.02',
    'PSC.01.01.03',
    'PSC.01.02.01',
    'PSC.01.08.01',
    'ORDN/CONF.01p',
    'SSI/IAM.80.01',
    'SSI/IAM.80.02',
    'SSI/IAM.81.02',
    'SSI/IAM.80.03',
    'SSI/IAM.80.03-2',
    'SSI/IAM.83.01',
  ],
};

describe.each([
  { wave: 'va1', counts: [126, 142, 206], recommended: 11, rehearsal: 24 },
  { wave: 'va2', counts: [102, 125, 156], recommended: 5, rehearsal: 17 },
] as const)('the SGL catalogue of $wave', ({ wave, counts, recommended, rehearsal }) => {
  const rem = loadCatalogue('SGL', wave);
  const slots = slotsOf(rem.requirements);
  const scenarios = rem.requirements.flatMap((one) => one.scenarios);

  it('holds every requirement, scenario and proof that is not obsolete', () => {
    expect([rem.requirements.length, scenarios.length, slots.length]).toEqual(counts);
    expect(rem.requirements.filter((one) => one.nature === 'PEUT')).toHaveLength(recommended);
  });

  it('gives each thing one normalised id, under its parent unless the official list does otherwise', () => {
    const ids = [rem.requirements, scenarios, slots.map((place) => place.slot)].map((all) => all.map(({ id }) => id));
    for (const kind of ids) expect(new Set(kind).size).toBe(kind.length);
    for (const id of ids.flat()) expect(normaliseId(id)).toBe(id);
    const astray = rem.requirements.flatMap((requirement) =>
      requirement.scenarios.flatMap((scenario) => [
        ...(isUnder(scenario.id, requirement.id) ? [] : [scenario.id]),
        ...scenario.proofs.filter((slot) => !isUnder(slot.id, scenario.id)).map((slot) => slot.id),
      ]),
    );
    expect(astray).toEqual(IRREGULAR[wave]);
  });

  it('titles everything with a short sentence of its own, no two alike', () => {
    const titles = [...rem.requirements.map((one) => one.title), ...scenarios.map((one) => one.text)];
    titles.push(...slots.map((place) => place.slot.text));
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    for (const title of titles) expect(title).toMatch(/^[\p{Lu}].{8,79}[\p{L}\d)]$/u);
    for (const { title } of rem.requirements) expect(title.split(' ').length, title).toBeLessThanOrEqual(12);
  });

  it('names kinds and observables of the model only, at least one each', () => {
    for (const { slot } of slots) {
      expect(slot.kinds.length, slot.id).toBeGreaterThan(0);
      expect(slot.kinds.filter((kind) => !KINDS.has(kind))).toEqual([]);
    }
    for (const requirement of rem.requirements) {
      expect(requirement.observable?.length, requirement.id).toBeGreaterThan(0);
      expect(requirement.observable?.filter((one) => !OBSERVABLES.has(one))).toEqual([]);
    }
  });

  it('offers a choice between kinds only where there is one', () => {
    for (const { slot } of slots.filter((place) => place.slot.alternatives !== undefined)) {
      const sets = slot.alternatives ?? [];
      expect(sets.length, slot.id).toBeGreaterThan(1);
      expect(new Set(sets.map((set) => [...set].sort().join('+'))).size, slot.id).toBe(sets.length);
      expect(new Set(sets.flat()), slot.id).toEqual(new Set(slot.kinds));
    }
    for (const { slot } of slots)
      if (slot.condition !== undefined) expect(slot.condition).toMatch(/^\S.{3,78}[^\s.]$/u);
  });

  it('shows as rehearsal exactly what an external tool or body delivers', () => {
    const external = slots.filter(({ slot }) => slot.kinds.some((kind) => EXTERNAL.has(kind)));
    expect(external.map(({ slot }) => slot.id)).toEqual(
      slots.filter(({ slot }) => slot.evidenceClass === 'rehearsal').map(({ slot }) => slot.id),
    );
    expect(external).toHaveLength(rehearsal);
  });

  it('says what is seen exactly where an exchange or a file shows something', () => {
    for (const { id, observable, observation } of rem.requirements) {
      const wired = observable?.some((one) => !OFF_THE_WIRE.has(one)) ?? false;
      if (wired) expect(observation, id).toMatch(/^[\p{Lu}].{14,158}[\p{L}\d)]$/u);
      else expect(observation, id).toBeUndefined();
    }
  });

  it('rests on reference documents that are listed', () => {
    const cited = rem.requirements.flatMap((one) => one.references ?? []);
    expect(cited.filter((one) => findReference(parseCitation(one).id) === undefined)).toEqual([]);
    expect(cited.length).toBeGreaterThan(0);
    for (const { id, references } of rem.requirements) {
      if (references !== undefined) expect(new Set(references).size, id).toBe(references.length);
    }
  });

  it('uses profiles that the profile list knows, and no other', () => {
    const known = new Set(loadProfiles('SGL', wave).profiles.map((profile) => profile.name));
    for (const requirement of rem.requirements) expect(known, requirement.id).toContain(requirement.profile);
  });

  it('follows the published order of sections, each of which has a title', () => {
    const sections = [...new Set(rem.requirements.map((one) => one.section))];
    expect([...sections].reverse().sort(compareSections)).toEqual(sections);
    expect(sections.filter((section) => sectionTitle(section) === section)).toEqual([]);
  });
});

describe('the files of requirements', () => {
  const folder = new URL('./requirements/', import.meta.url);
  const files = readdirSync(folder).flatMap((wave) =>
    readdirSync(new URL(`${wave}/`, folder)).map((name) => `${wave}/${name}`),
  );
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RequirementsData;

  it('describe each requirement once', () => {
    const ids = files.flatMap((file) => read(file).requirements.map((one) => one.id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(files)('%s: each part says where it comes from', (file) => {
    const { ids, titles, observable } = read(file).sources;
    expect([ids.mark, titles.mark, observable.mark]).toEqual(['S', 'J', 'I']);
    for (const source of [ids, titles, observable]) {
      expect(source.document.length).toBeGreaterThan(20);
      expect(source.date).toMatch(/^20\d\d-\d\d-\d\d$/u);
    }
  });
});
