import { describe, expect, it } from 'vitest';
import { openReport } from './index.ts';

const RULES = [
  { id: 'R-1', layer: 'wire', severity: 'error', requirements: ['INS/va1.34'], source: 'S', title: 'Titre' },
] as const;

const breach = { where: 'ici', received: 'a', expected: 'b', remedy: 'c' };

describe('openReport', () => {
  it('takes everything that is not of the breach from the table', () => {
    const report = openReport(RULES);
    report.add('R-1', breach);
    expect(report.findings).toEqual([
      { rule: 'R-1', layer: 'wire', severity: 'error', requirements: ['INS/va1.34'], source: 'S', ...breach },
    ]);
  });

  it('lets a breach be weaker, and shortens what was received', () => {
    const report = openReport(RULES);
    report.add('R-1', { ...breach, received: 'x'.repeat(1000), severity: 'warning' });
    expect(report.findings[0]?.severity).toBe('warning');
    expect(report.findings[0]?.received.length).toBeLessThan(400);
  });
});
