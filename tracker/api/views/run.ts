import type { StoredPiece } from '../../store/index.ts';
import type { RunRecord, UnverifiableCause } from '../../types.ts';
import type { RunLineView, RunView } from '../types.ts';
import { WORST_FIRST } from './counts.ts';
import { pieceView } from './piece.ts';

/** @param pieces all pieces of the run, as stored */
export function runView(
  given: {
    readonly run: RunRecord;
    readonly dir: string | null;
    readonly line: RunLineView;
    readonly official: boolean;
  },
  pieces: readonly StoredPiece[],
  profiles: readonly string[],
): RunView {
  const { run, dir, line, official } = given;
  const byPath = new Map(pieces.map((stored) => [stored.piece.path, stored]));
  const causes: Partial<Record<UnverifiableCause, number>> = {};
  for (const { verdict, cause } of run.scenarios) {
    if (verdict === 'non-verifiable') causes[cause ?? 'banc'] = (causes[cause ?? 'banc'] ?? 0) + 1;
  }
  return {
    ...line,
    rem: { ...run.rem, official },
    profiles,
    benchVersion: run.benchVersion,
    build: run.product.build ?? null,
    editor: run.product.editor ?? null,
    dir,
    causes,
    results: run.scenarios
      .map((scenario) => ({
        id: scenario.id,
        feature: scenario.feature,
        name: scenario.name,
        requirements: scenario.requirements,
        slots: scenario.slots,
        verdict: scenario.verdict,
        cause: scenario.cause ?? null,
        reason: scenario.reason,
        durationMs: scenario.durationMs,
        steps: scenario.steps,
        findings: scenario.findings,
        otherFindings: scenario.otherFindings,
        pieces: scenario.pieces.flatMap(({ path }) => {
          const stored = byPath.get(path);
          return stored ? [pieceView(stored)] : [];
        }),
      }))
      .toSorted((left, right) => WORST_FIRST.indexOf(left.verdict) - WORST_FIRST.indexOf(right.verdict)),
    unexpectedOperations: run.unexpected,
  };
}
