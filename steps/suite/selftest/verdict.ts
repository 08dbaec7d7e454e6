import type { SelftestReport } from './types.ts';

/** Every fault caught, nothing else red, nothing red without fault, no rule without its breaker, no stale entry. */
export function passed(report: SelftestReport): boolean {
  return (
    !report.interrupted &&
    report.faults.every(({ caught, collateral }) => caught && collateral.length === 0) &&
    [report.baseline.red, report.uncovered, report.unproven, report.stale].every((list) => list.length === 0)
  );
}
