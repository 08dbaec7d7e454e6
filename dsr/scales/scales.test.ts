import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { cents, withVat, type Cents } from '../money/index.ts';
import { advanceRateFor, bandFor, checkCeiling, loadScales, readScalesFile, withScales, type Scales } from './index.ts';

const nameOf = (couloir: string, wave: string, sites: number, scales?: Scales): string => {
  const answer = bandFor(couloir, wave, sites, scales);
  return answer.status === 'known' ? answer.band.band : answer.status;
};
const ceilingOf = (couloir: string, sites: number): Cents => {
  const answer = bandFor(couloir, '1', sites);
  if (answer.status !== 'known') throw new Error(answer.reason);
  return answer.band.ceilingHt;
};
const scalesOf = (more: object, bands: readonly object[]): ReturnType<typeof readScalesFile> =>
  readScalesFile(
    JSON.stringify({ format: 'jalon-bareme/1', version: 'utilisateur', source: 'appel à financement', bands, ...more }),
    'mon-bareme.json',
  );
const band = (more: object): object => ({
  couloir: 'SGL',
  wave: '1',
  band: 'Z',
  sitesMin: 1,
  ceilingHt: '100.00',
  source: 's',
  ...more,
});

describe('bandFor', () => {
  it.each([
    [1, 'A'],
    [2, 'B'],
    [21, 'B'],
    [22, 'C'],
    [42, 'C'],
    [43, 'D'],
    [63, 'D'],
    [64, 'E'],
    [100_000, 'E'],
    [0, 'no-band'],
    [-2, 'no-band'],
    [1.5, 'no-band'],
    [2.5, 'no-band'],
    [Number.NaN, 'no-band'],
  ])('%s sites of SGL: %s', (sites, expected) => expect(nameOf('SGL', '1', sites)).toBe(expected));

  it('reads the wave and the couloir as typed', () => {
    expect(nameOf(' sgl', 'va1', 3)).toBe('B');
    expect(nameOf('LOINC', 'Vague 1', 70)).toBe('unique');
  });

  it('says that it does not know rather than an amount', () => {
    for (const couloir of ['LGC', 'RIS', 'DPI', 'PFI', 'RI']) {
      expect(bandFor(couloir, '1', 1)).toMatchObject({
        status: 'unknown',
        reason: 'Les montants de ce couloir n’ont pas été trouvés.',
      });
    }
    expect(bandFor('SAS', '1', 1)).toMatchObject({ reason: expect.stringContaining('100 000 €') as string });
    expect(bandFor('SGL', '2', 1)).toMatchObject({ reason: expect.stringContaining('vague 2') as string });
    expect(bandFor('LGC', '2', 1)).toMatchObject({ reason: 'Aucun montant connu pour le couloir LGC, vague 2.' });
    expect(bandFor('SGL', '1', 0)).toMatchObject({
      reason: 'Aucune tranche du couloir SGL, vague 1, ne prend 0 site.',
      data: loadScales().versions[0],
    });
    expect(bandFor('SGL', '1', -2)).toMatchObject({
      reason: 'Aucune tranche du couloir SGL, vague 1, ne prend -2 sites.',
    });
  });

  it('gives each number of sites exactly one band, the ceiling never going down', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (sites) => {
        const taking = loadScales().bands.filter(
          ({ couloir, sitesMin, sitesMax = Infinity }) => couloir === 'SGL' && sitesMin <= sites && sites <= sitesMax,
        );
        expect(taking).toHaveLength(1);
        expect(ceilingOf('SGL', sites + 1)).toBeGreaterThanOrEqual(ceilingOf('SGL', sites));
      }),
    );
  });
});

describe('checkCeiling', () => {
  const check = (couloir: string, sites: number, ht: number) =>
    checkCeiling(couloir, '1', sites, withVat(cents(ht), 2000));

  it('says yes at the ceiling and no one cent above', () => {
    expect(check('SGL', 1, 2_250_000)).toMatchObject({
      status: 'within',
      excess: 0,
      data: { version: 'jalon-2026.11' },
    });
    expect(check('SGL', 1, 2_250_000).trap).toBeUndefined();
    expect(check('SGL', 1, 2_250_001)).toMatchObject({
      status: 'above',
      excess: 1,
      message: '22\u00A0500,01\u00A0€ HT dépasse de 0,01\u00A0€ le plafond 22\u00A0500,00\u00A0€ HT de la tranche A.',
    });
    expect(check('SGL', 1, 2_250_001).trap).toBeUndefined();
  });

  it('lets LOINC at its pre-tax ceiling pass, though beyond the printed all-in one', () => {
    expect(check('LOINC', 5, 291_700)).toMatchObject({
      status: 'within',
      trap: 'ttc-above-printed',
      message:
        "2\u00A0917,00\u00A0€ HT tient sous le plafond 2\u00A0917,00\u00A0€ HT de la tranche unique ; le TTC (3\u00A0500,40\u00A0€) dépasse les 3\u00A0500,00\u00A0€ imprimés, arrondis : c'est le HT qui compte.",
    });
    // 2 916,66 € HT is 3 499,99 € TTC.
    expect(check('LOINC', 5, 291_666).trap).toBeUndefined();
  });

  it('refuses a pre-tax amount above its ceiling though the printed all-in one is kept', () => {
    const amounts = { ht: cents(3_074_417), ttc: cents(3_689_300) };
    expect(checkCeiling('SGL', '1', 30, amounts)).toMatchObject({
      status: 'above',
      excess: 17,
      trap: 'ttc-within-printed',
    });
    expect(checkCeiling('SGL', '1', 30, { ...amounts, ttc: cents(3_689_301) }).trap).toBeUndefined();
  });

  it('compares with nothing when no band is known', () => {
    expect(check('RIS', 1, 1)).toMatchObject({ status: 'unknown', excess: 0 });
    expect(check('SGL', 0, 1)).toMatchObject({ status: 'unknown' });
  });

  it('decides on the pre-tax amount alone, whatever the all-in one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        (sites, away, ttc) => {
          const ht = ceilingOf('SGL', sites) + away;
          const answer = checkCeiling('SGL', '1', sites, { ht: cents(ht), ttc: cents(ttc) });
          expect(answer.status).toBe(away > 0 ? 'above' : 'within');
          expect(answer.excess).toBe(Math.max(0, away));
        },
      ),
    );
  });
});

describe('a newer edition by a file', () => {
  const over = (more: object, ...bands: object[]): Scales => {
    const reading = scalesOf(more, bands);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return withScales(loadScales(), reading.value);
  };

  it('replaces a couloir and wave as a whole, and is named', () => {
    const scales = over({}, band({ sitesMax: 3 }));
    expect(nameOf('SGL', '1', 1, scales)).toBe('Z');
    expect(nameOf('SGL', '1', 4, scales)).toBe('no-band');
    expect(nameOf('LOINC', '1', 4, scales)).toBe('unique');
    expect(bandFor('SGL', '1', 1, scales).data).toEqual({
      version: 'utilisateur',
      source: 'appel à financement',
      file: 'mon-bareme.json',
    });
    expect(bandFor('LOINC', '1', 1, scales).data.version).toBe('jalon-2026.11');
    expect(checkCeiling('SGL', '1', 1, { ht: cents(10_001), ttc: cents(1) }, scales)).toMatchObject({ excess: 1 });
    expect(checkCeiling('SGL', '1', 1, { ht: cents(10_001), ttc: cents(1) }, scales).trap).toBeUndefined();
  });

  it('gives a couloir its first amounts, and its own share of the advance', () => {
    const reading = readScalesFile(
      readFileSync(new URL('./scales.example.json', import.meta.url), 'utf8'),
      'exemple.json',
    );
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const scales = withScales(loadScales(), reading.value);
    expect(nameOf('LGC', '2', 5, scales)).toBe('A');
    expect(advanceRateFor('LGC', '2', 5, scales)).toBe(3000);
    expect(advanceRateFor('LGC', '2', 6, scales)).toBe(5000);
    expect(advanceRateFor('SGL', '1', 1, over({ advanceRate: 4000 }, band({})))).toBe(4000);
    expect(advanceRateFor('RIS', '1', 1, over({ advanceRate: 4000, vatRate: 0 }, band({})))).toBe(4000);
    expect(advanceRateFor('SGL', '1', 1)).toBe(3000);
    expect(advanceRateFor('RIS', '1', 1)).toBe(3000);
  });

  it('is refused with all its faults', () => {
    const faults = (...bands: object[]): readonly string[] => {
      const reading = scalesOf({}, bands);
      return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`);
    };
    expect(faults(band({ sitesMin: 4, sitesMax: 3 }), band({ sitesMax: 5 }), band({ sitesMin: 5 }))).toEqual([
      '/bands/0 La tranche Z finit avant de commencer (4 à 3 sites).',
      '/bands/2 La tranche Z et celle de /bands/1 prennent les mêmes nombres de sites.',
    ]);
    expect(faults(band({ sitesMax: 5 }), band({ sitesMin: 6 }), band({ wave: '2' }), band({ couloir: 'RIS' }))).toEqual(
      [],
    );
    expect(faults(band({ ceilingHt: '100' }), band({ ceilingTtc: '1.234' }))).toHaveLength(2);
  });
});
