import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { computeSunes, loadSunesFigures, readSunesFigures } from './index.ts';
import type { IndicatorResult, SunesCount, WindowResult } from './index.ts';

const FINESS = '990000002';
const count = (more: Partial<SunesCount> = {}): SunesCount => ({
  finess: FINESS,
  window: 'F1',
  indicator: 'biologie',
  produced: 1000,
  sent: 450,
  ...more,
});
const windowOf = (...counts: SunesCount[]): WindowResult => computeSunes(counts).establishments[0]!.windows[0]!;
const indicatorOf = (more: Partial<SunesCount>): IndicatorResult => windowOf(count(more)).indicators[0]!;
const domainOf = (id: string, ...counts: SunesCount[]) => windowOf(...counts).domains.find((one) => one.domain === id)!;

describe('an indicator', () => {
  it.each([
    ['lettre-sortie', [49, 59, 64, 69]],
    ['ordonnance-sortie', [40, 48, 59, 63]],
    ['compte-rendu-operatoire', [49, 59, 64, 69]],
    ['biologie', [45, 54, 59, 63]],
    ['imagerie', [45, 54, 59, 63]],
  ])('%s has the published targets', (indicator, targets) => {
    expect(['F1', 'F2', 'F3', 'F4'].map((window) => indicatorOf({ indicator, window }).target)).toEqual(targets);
  });

  it('is reached at its target and not one document below', () => {
    expect(indicatorOf({})).toMatchObject({ rate: 45, status: 'reached', missing: 0, formula: 'seen', bonus: false });
    expect(indicatorOf({ sent: 449 })).toMatchObject({ rate: 44.9, status: 'not-reached', missing: 1 });
    // 44,9996 % is shown cut, and is not 45 %.
    expect(indicatorOf({ produced: 250_000, sent: 112_499 })).toMatchObject({
      rate: 44.99,
      status: 'not-reached',
      missing: 1,
    });
    expect(indicatorOf({ produced: 3, sent: 1 })).toMatchObject({ rate: 33.33, missing: 1 });
  });

  it('has no rate when nothing was produced', () => {
    const result = indicatorOf({ produced: 0, sent: 0, received: 0 });
    expect(result).toMatchObject({ status: 'unknown', missing: 0 });
    expect([result.rate, result.nationalRate]).toEqual([undefined, undefined]);
    expect(result.notes[0]).toBe('Rien n’a été produit : le taux ne se calcule pas.');
  });

  it('is also counted where it arrives', () => {
    expect(indicatorOf({ received: 450 })).toMatchObject({ status: 'reached', nationalRate: 45 });
    const disputed = indicatorOf({ received: 449 });
    expect(disputed).toMatchObject({ status: 'disputed', nationalRate: 44.9, received: 449 });
    expect(disputed.notes[0]).toContain('contrôle national');
    expect(indicatorOf({ sent: 449, received: 450 })).toMatchObject({ status: 'not-reached' });
    expect(indicatorOf({ sent: 460, received: 461 }).notes).toContain(
      'Plus de documents reçus que transmis : vérifiez les deux comptes.',
    );
    expect(indicatorOf({ received: 450 }).notes).toHaveLength(1);
  });

  it('says that its formula is that of biology', () => {
    expect(indicatorOf({ indicator: 'imagerie' })).toMatchObject({
      formula: 'inferred',
      notes: ['Formule de la biologie, appliquée par analogie.'],
    });
  });

  it('has no target in a window that its figures do not know', () => {
    const figures = loadSunesFigures();
    const without = { ...figures, indicators: figures.indicators.map((one) => ({ ...one, targets: {} })) };
    const result = computeSunes([count({})], without).establishments[0]!.windows[0]!.indicators[0]!;
    expect(result).toMatchObject({ status: 'unknown', missing: 0, rate: 45 });
    expect(result.target).toBeUndefined();
    expect(result.notes[0]).toBe('La cible de la fenêtre F1 n’est pas connue.');
  });

  it('is reached once the missing documents are sent, and not one before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (produced, share) => {
          const sent = Math.floor(produced * share);
          const { missing, status, rate } = indicatorOf({ produced, sent });
          expect(status === 'reached').toBe(missing === 0);
          expect(rate! * produced).toBeLessThanOrEqual(sent * 100 + 1e-6);
          if (missing === 0) return;
          expect(indicatorOf({ produced, sent: sent + missing }).status).toBe('reached');
          expect(indicatorOf({ produced, sent: sent + missing - 1 }).status).toBe('not-reached');
        },
      ),
    );
  });
});

describe('a domain', () => {
  const letter = count({ indicator: 'lettre-sortie', sent: 490 });
  const prescription = count({ indicator: 'ordonnance-sortie', sent: 400 });
  const report = count({ indicator: 'compte-rendu-operatoire', sent: 490 });

  it('is reached by all its indicators, the bonus one apart', () => {
    expect(domainOf('D1', letter, prescription, report)).toMatchObject({ status: 'reached', reason: '' });
    for (const counts of [
      [letter, prescription],
      [letter, prescription, { ...report, sent: 1 }],
    ]) {
      expect(domainOf('D1', ...counts)).toMatchObject({
        status: 'reached',
        reason: 'Sans le bonus : compte rendu opératoire.',
      });
    }
  });

  it('is not reached when one of them is not, unknown when one is missing', () => {
    expect(domainOf('D1', { ...letter, sent: 1 })).toMatchObject({
      status: 'not-reached',
      reason: 'Cible non atteinte : lettre de liaison de sortie.',
      targetsShare: { status: 'not-acquired' },
    });
    expect(domainOf('D1', letter)).toMatchObject({ status: 'unknown', reason: 'Il manque : ordonnance de sortie.' });
    expect(domainOf('D1', letter, { ...prescription, produced: 0, sent: 0 })).toMatchObject({
      status: 'unknown',
      reason: 'Taux ou cible inconnus : ordonnance de sortie.',
    });
    expect(domainOf('D2', count({ received: 0 }))).toMatchObject({
      status: 'disputed',
      reason: 'Écart avec le contrôle national : compte rendu de biologie (CDA R2 N3).',
    });
    expect(domainOf('D3', letter)).toMatchObject({ status: 'unknown', counted: false });
  });

  it('without published targets is never judged', () => {
    expect(domainOf('V2', letter)).toMatchObject({ status: 'unknown', counted: false });
    expect(domainOf('V2', letter).reason).toContain('n’ont pas été trouvées');
  });
});

describe('the lump sum', () => {
  const rangeOf = (domain: string, more: Partial<SunesCount>) => {
    const { lumpSum } = domainOf(domain, count(more));
    return lumpSum === undefined ? undefined : [lumpSum.minCents / 100, lumpSum.maxCents / 100];
  };

  it.each([
    [0, 'A', 18_000, 24_000],
    [6999.99, 'A', 18_000, 24_000],
    [7000.01, 'B', 24_000, 48_000],
    [22_501, 'C', 48_000, 150_000],
    [1_600_000, 'D', 150_000, 320_000],
  ])('of an activity of %s is in category %s', (activity, id, least, most) => {
    expect(computeSunes([count({ activity })]).establishments[0]!.category).toEqual({ status: 'known', ids: [id] });
    expect(rangeOf('D1', { activity })).toEqual([least, most]);
  });

  it('on a bound covers both categories, and says so', () => {
    expect(computeSunes([count({ activity: 7000 })]).establishments[0]!.category).toEqual({
      status: 'known',
      ids: ['A', 'B'],
      note: 'Activité égale à une borne : la source ne dit pas laquelle des catégories A et B la prend.',
    });
    expect(rangeOf('D1', { activity: 7000 })).toEqual([18_000, 48_000]);
  });

  it('is unknown without activity or beyond the categories', () => {
    expect(rangeOf('D1', {})).toBeUndefined();
    expect(rangeOf('D1', { activity: 1_600_001 })).toBeUndefined();
    expect(computeSunes([count({ activity: 1_600_001 })]).establishments[0]!.category).toEqual({
      status: 'unknown',
      reason: 'Aucune catégorie publiée ne prend une activité de 1600001.',
    });
    expect(computeSunes([count()]).establishments[0]!.category.status).toBe('unknown');
    expect(windowOf(count()).acquired).toBeUndefined();
  });

  it('goes down with the windows', () => {
    const at = (window: string) => rangeOf('D2', { activity: 100_000, window });
    expect(['F1', 'F2', 'F3', 'F4'].map(at)).toEqual([
      [26_000, 52_000],
      [23_400, 46_800],
      [22_100, 44_200],
      [20_800, 41_600],
    ]);
  });

  it('has totals by category as published, D1 to V2', () => {
    const totals = loadSunesFigures().categories.map(({ lumpSums }) =>
      [0, 1].map((end) => Object.values(lumpSums).reduce((total, range) => total + range[end]!, 0)),
    );
    expect(totals).toEqual([
      [38_390, 59_854],
      [59_854, 119_707],
      [119_707, 315_585],
      [315_585, 611_382],
    ]);
  });

  it('is acquired for 30 % by the prerequisites and for the rest by the targets', () => {
    const full = windowOf(count({ activity: 100_000, prerequisites: 6 }));
    expect(full.prerequisites).toEqual({ status: 'validated', validated: 6, of: 6 });
    expect(full.domains[1]).toMatchObject({
      prerequisitesShare: { status: 'acquired', amount: { minCents: 780_000, maxCents: 1_560_000 } },
      targetsShare: { status: 'acquired', amount: { minCents: 1_820_000, maxCents: 3_640_000 } },
    });
    expect(full.acquired).toEqual({ minCents: 2_600_000, maxCents: 5_200_000 });
    // Nothing says that it applied for the other domains.
    expect(full.domains[0]!.prerequisitesShare.status).toBe('unknown');
  });

  it('is not said acquired on what is not known', () => {
    const five = windowOf(count({ activity: 100_000, prerequisites: 5 }));
    expect(five.prerequisites.status).toBe('not-validated');
    expect(five.domains[1]).toMatchObject({
      prerequisitesShare: { status: 'not-acquired' },
      targetsShare: { status: 'unknown' },
    });
    expect(five.acquired).toEqual({ minCents: 0, maxCents: 0 });
    const none = windowOf(count({ activity: 100_000 }));
    expect(none.prerequisites).toEqual({ status: 'unknown', of: 6 });
    expect(none.domains[1]).toMatchObject({
      prerequisitesShare: { status: 'unknown' },
      targetsShare: { status: 'unknown' },
    });
    const below = windowOf(count({ activity: 100_000, prerequisites: 6, sent: 1 }));
    expect(below.acquired).toEqual({ minCents: 780_000, maxCents: 1_560_000 });
  });

  it('never loses a cent between its two shares', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_600_000 }), fc.constantFrom('F1', 'F2', 'F3', 'F4'), (activity, window) => {
        for (const { lumpSum, prerequisitesShare, targetsShare } of windowOf(count({ activity, window })).domains) {
          for (const end of ['minCents', 'maxCents'] as const) {
            expect(prerequisitesShare.amount![end] + targetsShare.amount![end]).toBe(lumpSum![end]);
          }
          expect(lumpSum!.minCents).toBeLessThanOrEqual(lumpSum!.maxCents);
        }
      }),
    );
  });
});

describe('a report', () => {
  it('has a block an establishment, a window and an indicator, in the order of the figures', () => {
    const other = '990000010';
    const report = computeSunes([
      count({ window: 'F3', name: 'Pommeverte' }),
      count({ finess: other }),
      count({ indicator: 'imagerie', activity: 10 }),
      count({}),
    ]);
    expect(report.establishments.map(({ finess, name, activity }) => [finess, name, activity])).toEqual([
      [FINESS, 'Pommeverte', 10],
      [other, undefined, undefined],
    ]);
    expect(
      report.establishments[0]!.windows.map(({ window, indicators }) => [
        window,
        indicators.map((one) => one.indicator),
      ]),
    ).toEqual([
      ['F1', ['biologie', 'imagerie']],
      ['F3', ['biologie']],
    ]);
  });

  it('names its figures and what they do not say', () => {
    const { data, unknown, establishments } = computeSunes([]);
    expect(data.version).toBe('jalon-2026.11');
    expect(unknown.length).toBeGreaterThan(3);
    expect(establishments).toEqual([]);
  });
});

describe('a file of figures', () => {
  const shipped = JSON.parse(readFileSync(new URL('./sun-es.json', import.meta.url), 'utf8')) as {
    indicators: object[];
    categories: object[];
  };
  const faults = (more: object): readonly string[] => {
    const reading = readSunesFigures(JSON.stringify({ ...shipped, ...more }));
    return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`);
  };

  it('replaces those shipped, and is named', () => {
    const reading = readSunesFigures(JSON.stringify({ ...shipped, version: 'arrêté 2030' }), 'f.json');
    expect(reading.ok && computeSunes([], reading.value).data).toMatchObject({
      version: 'arrêté 2030',
      file: 'f.json',
    });
  });

  it('is refused with all that it names and does not define', () => {
    expect(
      faults({
        indicators: [{ ...shipped.indicators[0], domain: 'D9', targets: { F1: 1, F9: 2 } }],
        categories: [{ ...shipped.categories[0], activityMin: 9, activityMax: 8, lumpSums: { D9: [2, 1] } }],
      }),
    ).toEqual([
      "/indicators/0/domain Le domaine « D9 » n'est pas défini.",
      "/indicators/0/targets La fenêtre « F9 » n'est pas définie.",
      '/categories/0 La catégorie A finit avant de commencer.',
      "/categories/0/lumpSums Le domaine « D9 » n'est pas défini.",
      '/categories/0/lumpSums/D9 Le minimum dépasse le maximum.',
    ]);
    expect(faults({ windows: [] })).toHaveLength(1);
  });
});
