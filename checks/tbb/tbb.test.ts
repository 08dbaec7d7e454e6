import { describe, expect, it } from 'vitest';
import { checkGrowth, checkOtherStructure, checkPeriod, type Dashboard, type Figures } from './index.ts';

const count = (qualified: number, notQualified = 0) => ({
  total: qualified + notQualified,
  qualified,
  notQualified,
});
const GROWN: Figures = {
  reports: { dmp: count(2), mssProfessional: count(1, 1), mssPatient: count(1) },
  files: { dmp: 2, mssProfessional: 2, mssPatient: 1, allThree: 1 },
  failures: { dmp: 1, mssProfessional: 0, mssPatient: 0 },
};
const NOTHING: Figures = {
  reports: { dmp: count(0), mssProfessional: count(0), mssPatient: count(0) },
  files: { dmp: 0, mssProfessional: 0, mssPatient: 0, allThree: 0 },
  failures: { dmp: 0, mssProfessional: 0, mssPatient: 0 },
};
const shown = (figures: Figures, period = 'mois-courant'): Dashboard => ({
  period,
  from: '2026-02-01',
  to: '2026-02-28',
  ...figures,
});
const rules = (after: Figures): string[] => [
  ...new Set(checkGrowth(shown(NOTHING), shown(after), GROWN).map(({ rule }) => rule)),
];

describe('growth of the figures', () => {
  it('is what was done, whatever was there before', () => {
    expect(rules(GROWN)).toEqual([]);
    expect(checkGrowth(shown(GROWN), shown(GROWN), NOTHING)).toEqual([]);
  });

  it.each([
    ['TBB-REPORTS', { ...GROWN, reports: { ...GROWN.reports, dmp: count(4) } }],
    ['TBB-REPORTS', { ...GROWN, reports: { ...GROWN.reports, mssProfessional: count(2) } }],
    ['TBB-FILES', { ...GROWN, files: { ...GROWN.files, allThree: 0 } }],
    ['TBB-FILES', { ...GROWN, files: { ...GROWN.files, dmp: 1 } }],
    ['TBB-FAILURES', { ...GROWN, failures: NOTHING.failures }],
  ] as const)('breaks %s', (rule, after) => {
    expect(rules(after)).toEqual([rule]);
  });
});

describe('bounds of a period', () => {
  const at = (period: string, from: string, to: string): string[] =>
    checkPeriod({ ...shown(NOTHING, period), from, to }, '2026-02-10').map(({ rule }) => rule);

  it.each([
    ['mois-courant', '2026-02-01', '2026-02-28'],
    ['mois-courant', '2026-02-01', '2026-02-10'],
    ['annee-courante', '2026-01-01', '2026-12-31'],
    ['annee-courante', '2026-01-01', '2026-02-10'],
    ['annee-precedente', '2025-01-01', '2025-12-31'],
  ])('takes %s from %s to %s', (period, from, to) => {
    expect(at(period, from, to)).toEqual([]);
  });

  it.each([
    ['mois-courant', '2026-02-02', '2026-02-28'],
    ['annee-courante', '2025-02-10', '2026-02-10'],
    ['annee-precedente', '2025-01-01', '2026-02-10'],
  ])('refuses %s from %s to %s', (period, from, to) => {
    expect(at(period, from, to)).toEqual(['TBB-PERIOD']);
  });
});

it('counts nothing for another structure', () => {
  expect(checkOtherStructure(shown(NOTHING))).toEqual([]);
  for (const figures of [
    GROWN,
    { ...NOTHING, files: GROWN.files },
    { ...NOTHING, failures: GROWN.failures },
    { ...NOTHING, reports: { ...NOTHING.reports, dmp: { ...count(0), notQualified: 1 } } },
  ]) {
    expect(checkOtherStructure(shown(figures)).map(({ rule }) => rule)).toEqual(['TBB-STRUCTURE']);
  }
});
