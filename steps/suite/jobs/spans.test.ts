import { describe, expect, it } from 'vitest';
import { spansOf, unexpectedIn } from './spans.ts';

describe('exchanges of several processes', () => {
  const started = new Map([
    [1, 2],
    [2, 1],
  ]);

  it('come bench by bench, then scenario by scenario, then the rest', () => {
    const entries = [
      { worker: 1, exchanges: 5 },
      { worker: 2, exchanges: 1 },
      { worker: 2, exchanges: 4 },
      { worker: 1, exchanges: 6 },
    ];
    expect(spansOf(started, entries)).toEqual([
      { worker: 1, from: 0, to: 2 },
      { worker: 2, from: 0, to: 1 },
      { worker: 1, from: 2, to: 5 },
      { worker: 2, from: 1, to: 4 },
      { worker: 1, from: 5, to: 6 },
      { worker: 1, from: 6, to: Infinity },
      { worker: 2, from: 4, to: Infinity },
    ]);
  });

  it('never go back, even for a scenario whose process was lost', () => {
    const spans = spansOf(started, [
      { worker: 2, exchanges: 3 },
      { worker: 2, exchanges: 0 },
    ]);
    expect(spans.filter(({ worker }) => worker === 2)).toEqual([
      { worker: 2, from: 0, to: 1 },
      { worker: 2, from: 1, to: 3 },
      { worker: 2, from: 3, to: Infinity },
    ]);
  });

  it('give the unexpected ones in the same order', () => {
    const at = (rank: number) => ({ service: 's', operation: 'o', outcome: '', at: '', rank });
    const seen = new Map([
      [1, [at(0), at(9)]],
      [2, [at(2)]],
    ]);
    const spans = spansOf(started, [{ worker: 2, exchanges: 3 }]);
    expect(unexpectedIn(spans, seen).map(({ rank }) => rank)).toEqual([0, 2, 9]);
  });
});
