import { describe, expect, it } from 'vitest';
import type { Piece } from '#evidence/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { Ledger } from './ledger.ts';

const piece = (path: string): Piece => ({ slot: 'S', path, provenance: { file: path } as Piece['provenance'] });
const result = (id: string, pieces: readonly Piece[] = []): ScenarioResult => ({
  id,
  feature: 'F',
  name: 'N',
  requirements: [],
  slots: [],
  verdict: 'conforme',
  reason: '',
  durationMs: 1,
  findings: [],
  otherFindings: [],
  steps: [],
  pieces,
});
const plan = ['a#1', 'a#2', 'b#1'].map((id, rank) => ({ id, key: `f:${rank}` }));
const how = { worker: 1, exchanges: 0, watched: false };

describe('the ledger of a run', () => {
  it('keeps the order of the plan, whatever the order of arrival', () => {
    const ledger = new Ledger(plan);
    for (const id of ['b#1', 'a#1', 'a#2']) ledger.record(result(id), how);
    expect(ledger.scenarios().map(({ id }) => id)).toEqual(['a#1', 'a#2', 'b#1']);
    expect(ledger.size).toBe(3);
  });

  it('tells the pieces that were withdrawn, and moves the others', () => {
    const ledger = new Ledger(plan);
    ledger.record(result('a#2', [piece('p/02')]), how);
    ledger.record(result('a#1', [piece('p/01')]), how);
    ledger.amend({ ...result('a#1'), verdict: 'non-conforme', reason: 'arrivé ensuite' });
    expect(ledger.filed()).toMatchObject([
      { piece: { path: 'p/01' }, withdrawn: true },
      { piece: { path: 'p/02' }, withdrawn: false },
    ]);
    expect([...ledger.amended]).toEqual([['f:0', 'arrivé ensuite']]);
    ledger.movePieces(new Map([['p/02', piece('p/05')]]));
    expect(ledger.scenarios()[1]?.pieces.map(({ path }) => path)).toEqual(['p/05']);
  });

  it('refuses to amend what was never judged', () => {
    expect(() => new Ledger(plan).amend(result('a#1'))).toThrow('a#1');
  });
});
