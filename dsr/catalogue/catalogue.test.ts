import { describe, expect, it } from 'vitest';

import { DsrError } from '../errors/index.ts';
import { profileSlug } from '../profiles/index.ts';
import { applicableRequirements, findRequirement, findScenario, findSlot } from '../rem/query.ts';
import { hasCatalogue, knownRequirement, loadCatalogue, loadSections, sectionTitle } from './index.ts';

const sgl = loadCatalogue('SGL', 'va1');
const second = loadCatalogue('SGL', 'va2');

describe('the SGL wave 1 catalogue', () => {
  it.each([
    ['INS/va1.38.02.01', 'human'],
    ['INS/va1.60.01.03', 'bench'],
    ['INS/va1.38.02.02', 'human'],
    ['INS/va1.28.01.01', 'human'],
    ['INS/va1.49.01.01', 'human'],
    ['INS/va1.18.01.01', 'human'],
    ['MSS/va1.03.01.02', 'bench'],
    ['MSS/va1.31.01.02', 'bench'],
    ['MSS/va1.03.01.01', 'human'],
    ['MSS/va1.12.01.01', 'bench'],
    ['MSS/va1.14.01.01', 'human'],
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
  });
});

describe('the SGL wave 2 catalogue', () => {
  it.each([
    ['APCV.01.01.01', 'rehearsal'],
    ['DMP/AIRS.03.01.01', 'rehearsal'],
    ['DMP/AIRS.06.01.01', 'human'],
    ['DMP/AIRS.06.01.02', 'bench'],
    ['DMP/CONF.03.01.02', 'human'],
    ['DMP/PSC.01.01.01', 'human'],
    ['DMP/UX.50.01.02', 'bench'],
    ['MSS/CONF.02.01.01', 'human'],
    ['MSS/CONF.02.01.02', 'bench'],
    ['MSS/CONF.15.01.01', 'rehearsal'],
    ['MSS/CONF.15.01.02', 'bench'],
    ['MSS/CONF.17.01.02', 'human'],
    ['MSS/CONF.21.01.02', 'bench'],
    ['MSS/CONF.22.01.01', 'human'],
    ['MSS/CONF.23.01.01', 'bench'],
    ['MSS/CONF.25.01.02', 'bench'],
    ['PSC.01.08.01', 'human'],
    ['SSI/GEN.07.01.01', 'rehearsal'],
  ])('%s is of class %s', (id, evidenceClass) => {
    expect(findSlot(second, id)?.slot.evidenceClass).toBe(evidenceClass);
  });

  it('tells what may be chosen, what is asked together and in which case', () => {
    expect(findSlot(second, 'DMP/HISTO.07.01.02')?.slot.alternatives).toEqual([
      ['video'],
      ['screenshot'],
      ['code-extract'],
    ]);
    expect(findSlot(second, 'MSS/CONF.15.01.01')?.slot.alternatives).toEqual([
      ['mss-tool-run-id', 'video'],
      ['mss-tool-run-id', 'screenshot'],
    ]);
    expect(findSlot(second, 'PSC.01.01.03')?.slot).toMatchObject({
      kinds: ['video'],
      condition: expect.stringContaining('CIBA') as string,
    });
    expect(findSlot(second, 'MSS/CONF.22.01.01')?.slot).not.toHaveProperty('alternatives');
  });

  it('finds a proof under the number that lost its prefix', () => {
    expect(findSlot(second, '08.01.01')?.slot.id).toBe('CDA/INT.08.01.01');
    expect(findSlot(second, '07.01.02')?.slot.id).toBe('DMP/HISTO.07.01.02');
    expect(findScenario(second, 'DMP/INT.09.01')?.requirement.id).toBe('DMP/UX.29');
  });

  it('applies the general profile always and the others when declared', () => {
    const hospital = applicableRequirements(second, ['environnement-hospitalier']).map((one) => one.id);
    expect(hospital).toContain('DMP/HISTO.07');
    expect(hospital).not.toContain('INS/PSC.01');
    expect(applicableRequirements(second, [...new Set(second.requirements.map((one) => one.profile))])).toHaveLength(
      102,
    );
  });

  it('follows the published order of sections', () => {
    const roots = second.requirements.map((one) => one.section.split('/')[0]);
    expect([...new Set(roots)]).toEqual(['INS', 'DMP', 'MSS', 'PSC', 'APCV', 'CDA', 'ORDN', 'SSI']);
  });
});

describe('the catalogue', () => {
  it('titles a section whatever its case and its part', () => {
    expect(sectionTitle('DMP/UX')).toBe(sectionTitle('DMP'));
    expect(sectionTitle('APCV')).toBe(sectionTitle('ApCV'));
    expect(sectionTitle('XYZ')).toBe('XYZ');
    const ids = loadSections().map((section) => section.id.toUpperCase());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('knows a requirement of the shared base whatever the couloir', () => {
    expect(knownRequirement(' dmp/ux.27')?.title).toBe(findRequirement(second, 'DMP/UX.27')?.title);
    expect(knownRequirement('DMP/UX.9999')).toBeUndefined();
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
