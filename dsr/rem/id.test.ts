import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isUnder, normaliseId, restoreId, sectionOfId } from './id.ts';

describe('normaliseId', () => {
  it.each([
    ['INS/va1.28', 'INS/va1.28'],
    [' INS/va1.28\u00A0', 'INS/va1.28'],
    ['\uFEFFins/VA1.28.01', 'INS/va1.28.01'],
    ['INS / va1 . 28', 'INS/va1.28'],
    ["'DMP/va1.22.", 'DMP/va1.22'],
    ['ApCV/va1.01', 'ApCV/va1.01'],
    ['APCV/va1.01', 'ApCV/va1.01'],
    ['APCV.01', 'APCV.01'],
    ['ApCV.01', 'APCV.01'],
    ['epresc/va1.03', 'ePresc/va1.03'],
    ['ORDN/CONF.01P', 'ORDN/CONF.01p'],
    ['SSI/GEN.02  bis', 'SSI/GEN.02 BIS'],
    ['SGL.INS.01', 'SGL.INS.01'],
    ['39.01.01', '39.01.01'],
    ['\u1FD2.01', 'Ϊ̀.01'.normalize('NFKC')],
    ['', ''],
  ])('writes %j as %j', (raw, id) => {
    expect(normaliseId(raw)).toBe(id);
  });

  it('is idempotent on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (raw) => {
        expect(normaliseId(normaliseId(raw))).toBe(normaliseId(raw));
      }),
      { numRuns: 1000 },
    );
  });

  const number = fc.integer({ min: 1, max: 99 }).map((value) => String(value).padStart(2, '0'));
  const officialId = fc
    .tuple(
      fc.constantFrom('INS/va1', 'DMP/va1', 'ApCV/va1', 'MSS/CONF', 'SSI/IAM', 'PSC'),
      fc.array(number, { minLength: 1, maxLength: 4 }),
    )
    .map(([section, numbers]) => [section, ...numbers].join('.'));
  const space = fc.constantFrom('', ' ', '\u00A0', '\u202F', '\t', '\u200B');

  it('finds an official id again under case and spaces', () => {
    fc.assert(
      fc.property(officialId, space, space, fc.boolean(), (id, before, after, upper) => {
        expect(normaliseId(before + (upper ? id.toUpperCase() : id.toLowerCase()) + after)).toBe(id);
      }),
    );
  });

  it('keeps different ids apart', () => {
    fc.assert(
      fc.property(officialId, officialId, (left, right) => {
        expect(normaliseId(left) === normaliseId(right)).toBe(left === right);
      }),
    );
  });

  it('finds a proof again after it lost any part of its prefix', () => {
    const scenario = fc.tuple(fc.constantFrom('INS/va1', 'DMP/UX'), number, number).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(scenario, number, (scenarioId, proof) => {
        const id = `${scenarioId}.${proof}`;
        const [, requirement = '', scenarioNumber = ''] = scenarioId.split('.');
        expect(restoreId(id, scenarioId)).toBe(id);
        expect(restoreId(`${requirement}.${scenarioNumber}.${proof}`, scenarioId)).toBe(id);
        expect(restoreId(proof, scenarioId)).toBe(id);
      }),
    );
  });
});

describe('restoreId', () => {
  it.each([
    ['39.01.01', 'INS/va1.39.01', 'INS/va1.39.01.01'],
    ['01.02', 'DMP/va1.22.01', 'DMP/va1.22.01.02'],
    ['08.01', 'CDA/INT.08', 'CDA/INT.08.01'],
    ['SSI/IAM.80.01', 'SSI/IAM.80.01', 'SSI/IAM.80.01'],
    ['12.05.01', 'INS/va1.39.01', '12.05.01'],
    ['39.01.01', '', '39.01.01'],
  ])('reads %s under %j as %s', (raw, parent, id) => {
    expect(restoreId(raw, parent)).toBe(id);
  });
});

describe('places of an id', () => {
  it('knows what stands under what', () => {
    expect(isUnder('INS/va1.28.01', 'INS/va1.28')).toBe(true);
    expect(isUnder('INS/va1.281', 'INS/va1.28')).toBe(false);
    expect(isUnder('INS/va1.28', 'INS/va1.28')).toBe(false);
  });

  it.each([
    ['INS/va1.28', 'INS'],
    ['DMP/UX.14', 'DMP/UX'],
    ['APCV.01', 'APCV'],
    ['LGC.MDV.06', 'MDV'],
    ['PFI.MSS.01', 'MSS'],
    ['SC.DMP/UX.01', 'DMP/UX'],
    ['CH.INS.01', 'INS'],
    ['DB.CO.01', 'CO'],
    ['SC.INS/va1.02', 'INS'],
    ['LABO.INS.01', 'LABO.INS'],
    ['sans numéro', ''],
  ])('reads the section of %s', (id, section) => {
    expect(sectionOfId(id)).toBe(section);
  });
});
