import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barLabel, entries, segments } from './segments.ts';

describe('bar of a chapter', () => {
  it('puts what is done first and leaves the empty part blank', () => {
    expect(segments({ vide: 5, recueillie: 2, acceptee: 1, 'a-revoir': 1, rejouee: 1 }, 10)).toEqual([
      { tone: 'ok', from: 0, length: 30 },
      { tone: 'bench', from: 30, length: 10 },
      { tone: 'warn', from: 40, length: 10 },
    ]);
    expect(segments({}, 0)).toEqual([]);
  });

  it('never runs past its end', () => {
    const counts = fc.record({
      vide: fc.nat(50),
      rejouee: fc.nat(50),
      recueillie: fc.nat(50),
      perimee: fc.nat(50),
      'complement-demande': fc.nat(50),
    });
    fc.assert(
      fc.property(counts, (byState) => {
        const total = Object.values(byState).reduce((sum, each) => sum + each, 0);
        const parts = segments(byState, total);
        const last = parts.at(-1);
        expect((last?.from ?? 0) + (last?.length ?? 0)).toBeLessThanOrEqual(100.000001);
        const filled = parts.reduce((sum, { length }) => sum + length, 0);
        expect(filled).toBeCloseTo(total === 0 ? 0 : ((total - byState.vide) / total) * 100);
      }),
    );
  });

  it('says in words what it draws', () => {
    expect(barLabel({ vide: 3, recueillie: 2 })).toBe('vide : 3, recueillie : 2');
    expect(barLabel({})).toBe('aucune preuve');
    expect(entries({ recueillie: 0, vide: 1 })).toEqual([['vide', 1]]);
  });
});
