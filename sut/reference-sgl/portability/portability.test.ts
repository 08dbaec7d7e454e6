import { describe, expect, it } from 'vitest';
import type { ValidatedReport } from '../validation/index.ts';
import { exportHistory } from './index.ts';

const NOW = new Date('2026-02-03T10:00:00Z');
const document = (text: string) => ({ bytes: Buffer.from(text) });
const report = (id: string, day: string): ValidatedReport =>
  ({
    report: {
      id,
      validatedAt: new Date(`${day}T10:00:00Z`),
      patient: {
        id: `P-${id}`,
        status: 'qualifiee',
        traits: {
          birthName: 'TEST;NOM',
          firstNames: ['A', 'B'],
          sex: 'F',
          birthDate: '1980-01-02',
          birthPlace: '51215',
        },
      },
    },
    documents: { n3: document('n3'), n1: document('n1'), pdf: document('%PDF-1.4') },
  }) as unknown as ValidatedReport;

const REPORTS = [report('CR1', '2011-06-15'), report('CR2', '2026-01-15')];
const paths = (years: number, ...faults: readonly string[]): readonly string[] =>
  exportHistory(REPORTS, years, NOW, new Set(faults)).files.map(({ path }) => path);

describe('the export of the history', () => {
  it('goes as far back as it is asked', () => {
    expect(paths(20).filter((path) => path.includes('n3'))).toHaveLength(2);
    expect(paths(1).filter((path) => path.includes('n3'))).toEqual(['comptes-rendus/CR2/compte-rendu-n3.xml']);
    expect(paths(20, 'port-un-an-seulement').some((path) => path.includes('CR1'))).toBe(false);
  });

  it('lists the patients, a line each', () => {
    const file = exportHistory(REPORTS, 20, NOW, new Set()).files.find(({ path }) => path === 'patients.csv');
    const lines = Buffer.from(file?.base64 ?? '', 'base64')
      .toString('utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe('P-CR1;TEST NOM;A B;F;1980-01-02;51215;qualifiee');
  });
});
