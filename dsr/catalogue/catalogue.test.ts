import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { DsrError } from '../errors/index.ts';
import { profileSlug, loadProfiles } from '../profiles/index.ts';
import { applicableRequirements, findRequirement, findScenario, findSlot, slotsOf } from '../rem/query.ts';
import { isUnder, normaliseId } from '../rem/id.ts';
import { compareSections, hasCatalogue, loadCatalogue, loadSections, sectionTitle } from './index.ts';

const sgl = loadCatalogue('SGL', 'va1');
const slots = slotsOf(sgl.requirements);

const KINDS = new Set(
  (
    'video screenshot log mail-source soap-message gazelle-link mss-tool-run-id pdf ' +
    'cnda-certificate attestation documentation hl7-message csv-file pentest-form print-scan ' +
    'config-extract code-extract cda-document'
  ).split(' '),
);
const OBSERVABLES = new Set('insi dmp mssante annuaire psc cda hl7 fichier ecran declaration'.split(' '));

describe('the SGL wave 1 catalogue', () => {
  it('holds the 126 requirements, 142 scenarios and 206 proofs that are not obsolete', () => {
    expect(sgl.requirements).toHaveLength(126);
    expect(sgl.requirements.flatMap((one) => one.scenarios)).toHaveLength(142);
    expect(slots).toHaveLength(206);
    expect(sgl.requirements.filter((one) => one.nature === 'PEUT')).toHaveLength(11);
  });

  it('gives each thing one normalised id', () => {
    const ids = slots.map((place) => place.slot.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const requirement of sgl.requirements) {
      expect(normaliseId(requirement.id)).toBe(requirement.id);
      for (const scenario of requirement.scenarios) {
        expect(isUnder(scenario.id, requirement.id)).toBe(true);
        for (const slot of scenario.proofs) expect(isUnder(slot.id, scenario.id)).toBe(true);
      }
    }
  });

  it('titles everything with a short sentence of its own, no two alike', () => {
    const titles = sgl.requirements.flatMap((one) => [one.title, ...one.scenarios.map((scenario) => scenario.text)]);
    titles.push(...slots.map((place) => place.slot.text));
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[\p{Lu}].{8,79}[\p{L}\d)]$/u);
    for (const { title } of sgl.requirements) expect(title.split(' ').length).toBeLessThanOrEqual(12);
  });

  it('names kinds and observables of the model only, at least one each', () => {
    for (const { slot } of slots) {
      expect(slot.kinds.length, slot.id).toBeGreaterThan(0);
      expect(slot.kinds.filter((kind) => !KINDS.has(kind))).toEqual([]);
    }
    for (const requirement of sgl.requirements) {
      expect(requirement.observable?.length, requirement.id).toBeGreaterThan(0);
      expect(requirement.observable?.filter((one) => !OBSERVABLES.has(one))).toEqual([]);
    }
  });

  it('shows as rehearsal exactly what an external tool or body delivers', () => {
    const external = slots.filter(({ slot }) =>
      slot.kinds.some((kind) => kind === 'gazelle-link' || kind === 'cnda-certificate'),
    );
    expect(external.map(({ slot }) => slot.id)).toEqual(
      slots.filter(({ slot }) => slot.evidenceClass === 'rehearsal').map(({ slot }) => slot.id),
    );
    expect(external).toHaveLength(24);
  });

  it.each([
    ['INS/va1.38.02.01', 'bench'],
    ['INS/va1.38.02.02', 'human'],
    ['INS/va1.28.01.01', 'human'],
    ['INS/va1.49.01.01', 'bench'],
    ['INS/va1.18.01.01', 'human'],
    ['MSS/va1.03.01.02', 'bench'],
    ['MSS/va1.31.01.02', 'bench'],
    ['MSS/va1.03.01.01', 'human'],
    ['MSS/va1.12.01.01', 'bench'],
    ['MSS/va1.32.01.04', 'rehearsal'],
    ['DMP/va1.02.01.01', 'rehearsal'],
    ['DMP/va1.01.01.01', 'human'],
    ['LOI/va1.01.01.01', 'bench'],
  ])('%s is of class %s', (id, evidenceClass) => {
    expect(findSlot(sgl, id)?.slot.evidenceClass).toBe(evidenceClass);
  });

  it('finds a proof under the irregular number of the official list', () => {
    expect(findSlot(sgl, '39.01.01')?.slot).toMatchObject({ id: 'INS/va1.39.01.01', rawId: '39.01.01' });
    expect(findScenario(sgl, 'INS/va1.44.01.02')?.scenario.proofs.map((slot) => slot.id)).toEqual([
      'INS/va1.44.01.02.01',
      'INS/va1.44.01.02.02',
    ]);
  });

  it('keeps several former ids of one requirement', () => {
    expect(findRequirement(sgl, 'ins/va1.60 ')?.previousIds).toEqual([
      'SGL.INS.32',
      'SGL.INS.33',
      'SGL.INS.34',
      'SGL.INS.35',
      'SGL.INS.36',
    ]);
  });

  it('uses profiles that the profile list knows, and no other', () => {
    const known = new Set(loadProfiles('SGL', 'va1').profiles.map((profile) => profile.name));
    for (const requirement of sgl.requirements) expect(known).toContain(requirement.profile);
  });

  it('applies the general profile always and the others when declared', () => {
    expect(applicableRequirements(sgl, [])).toHaveLength(118);
    expect(applicableRequirements(sgl, ['general', 'referentiel-identites'])).toHaveLength(120);
    expect(applicableRequirements(sgl, ["Esclave de l'identité"])).toHaveLength(121);
    expect(applicableRequirements(sgl, [...new Set(sgl.requirements.map((one) => one.profile))])).toHaveLength(126);
    expect(profileSlug(findRequirement(sgl, 'INS/va1.42')?.profile ?? '')).toBe('stockage-copies-titres');
  });

  it('follows the published order of sections', () => {
    const sections = [...new Set(sgl.requirements.map((one) => one.section))];
    expect(sections).toEqual(['INS', 'DMP', 'MSS', 'ANN', 'TBB', 'DOC', 'PORT', 'ApCV', 'LOI', 'RES']);
    expect([...sections].reverse().sort(compareSections)).toEqual(sections);
    expect(sectionTitle('DMP/UX')).toBe(sectionTitle('DMP'));
    expect(sectionTitle('VACC')).toBe('VACC');
    expect(loadSections().length).toBeGreaterThan(9);
  });

  it('says what to do when a category has none', () => {
    expect(hasCatalogue('LGC', 'va2')).toBe(false);
    expect(() => loadCatalogue('LGC', 'va2')).toThrow(DsrError);
    try {
      loadCatalogue('LGC', 'va2');
    } catch (error) {
      expect(error).toMatchObject({ code: 'CATALOGUE_UNKNOWN', remedy: expect.stringContaining('--rem') as string });
    }
  });
});

const OFFICIAL = new URL('../../../shared/rem/SGL-va1.json', import.meta.url);

interface OfficialRequirement {
  readonly id: string;
  readonly status: string;
  readonly statement: string;
  readonly profile: string;
  readonly nature: string;
  readonly scenarios: readonly {
    readonly id: string;
    readonly text: string;
    readonly proofs: readonly { readonly id: string; readonly text: string }[];
  }[];
}

// Skipped when the reference table of requirements does not lie beside the checkout: it is not ours to distribute.
describe.skipIf(!existsSync(OFFICIAL))(
  'the catalogue beside the reference table (skipped when ../shared/rem is absent)',
  () => {
    const official = existsSync(OFFICIAL)
      ? (JSON.parse(readFileSync(OFFICIAL, 'utf8')) as OfficialRequirement[]).filter((one) => one.status !== 'obsolete')
      : [];

    it('has the same requirements, scenarios and proof numbers', () => {
      const ours = new Map(sgl.requirements.map((one) => [one.rawId, one]));
      expect([...ours.keys()].sort()).toEqual(official.map((one) => one.id).sort());
      for (const one of official) {
        const mine = ours.get(one.id);
        expect(mine?.profile).toBe(one.profile);
        expect(mine?.nature).toBe(one.nature === 'EXIGENCE' ? 'DOIT' : 'PEUT');
        expect(
          mine?.scenarios.map((scenario) => [scenario.rawId, ...scenario.proofs.map((slot) => slot.rawId)]),
        ).toEqual(one.scenarios.map((scenario) => [scenario.id, ...scenario.proofs.map((slot) => slot.id)]));
      }
    });

    it('copies no sentence of it', () => {
      const flat = (text: string): string =>
        text
          .toLowerCase()
          .replace(/[^\p{L}\d]+/gu, ' ')
          .trim();
      const texts = official.flatMap((one) => [
        one.statement,
        ...one.scenarios.flatMap((scenario) => [scenario.text, ...scenario.proofs.map((slot) => slot.text)]),
      ]);
      const corpus = ` ${texts.map(flat).join(' | ')} `;
      const titles = sgl.requirements.flatMap((one) => [one.title, ...one.scenarios.map((scenario) => scenario.text)]);
      titles.push(...slots.map((place) => place.slot.text));
      expect(titles.filter((title) => corpus.includes(` ${flat(title)} `))).toEqual([]);
    });
  },
);
