import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Exchange } from '#formats/exchange/index.ts';
import { createJournal } from '../journal/index.ts';
import { createPopulation } from '../population/index.ts';
import { createSituations } from '../situations/index.ts';
import { createJudging, startControl, type Judge, type RunningControl } from './index.ts';

const running: RunningControl[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

const exchange = (id: string): Exchange => ({
  id,
  protocol: 'mllp',
  service: 'hl7',
  operation: 'ADT^A28',
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 1,
  peer: { address: '127.0.0.1', port: 1 },
  attribution: {},
  expected: true,
  outcome: '',
  received: new Uint8Array(),
  sent: new Uint8Array(),
});
const finding = (rule: string, severity: Finding['severity'] = 'error'): Finding => ({
  rule,
  severity,
  layer: 'wire',
  where: 'ici',
  received: 'a',
  expected: 'b',
  remedy: 'c',
  requirements: ['INS/va1.28'],
  source: 'essai',
});

async function start(judge?: Judge) {
  const journal = createJournal();
  const judging = judge && createJudging(judge, () => journal.list());
  const bench = { journal, situations: createSituations(), population: createPopulation(), reset: () => undefined };
  const control = await startControl({ ...bench, ...(judging && { judging }) }, 0);
  running.push(control);
  const entries = async (query = '') => {
    const answer = await fetch(`${control.url}/journal${query}`);
    const { exchanges } = (await answer.json()) as { exchanges: Record<string, unknown>[] };
    return { status: answer.status, exchanges };
  };
  return { journal, entries };
}

describe('GET /journal with checks', () => {
  it('joins findings and verdict to each entry, judged once, when asked only', async () => {
    const judged: string[] = [];
    const { journal, entries } = await start(({ id }) => {
      judged.push(id);
      const all: Record<string, readonly Finding[]> = {
        good: [],
        warned: [finding('W', 'warning')],
        bad: [finding('E')],
      };
      return Promise.resolve(all[id] && { findings: all[id], readable: true });
    });
    for (const id of ['good', 'warned', 'bad', 'other']) journal.record(exchange(id));
    expect(judged).toEqual([]);
    expect((await entries('?findings=false')).exchanges[2]).not.toHaveProperty('verdict');
    expect(judged).toEqual([]);
    const { exchanges } = await entries();
    expect(exchanges.map(({ verdict }) => verdict)).toEqual(['conforme', 'conforme', 'non-conforme', null]);
    expect(exchanges.map(({ findings }) => findings)).toEqual([[], [finding('W', 'warning')], [finding('E')], []]);
    await entries();
    expect(judged).toEqual(['good', 'warned', 'bad', 'other']);
    expect((await entries('?findings=peut-etre')).status).toBe(400);
  });

  it('says that a check failed, and that what could not be read is not green', async () => {
    const { journal, entries } = await start(({ id }) => {
      if (id === 'crash') throw new Error('cassé');
      return Promise.resolve({ findings: [], readable: false });
    });
    for (const id of ['crash', 'unreadable']) journal.record(exchange(id));
    const { status, exchanges } = await entries();
    expect(status).toBe(200);
    expect(exchanges.map(({ verdict }) => verdict)).toEqual(['non-verifiable', 'non-verifiable']);
    expect(exchanges[0]?.['findings']).toEqual([
      expect.objectContaining({ rule: 'BENCH-CHECK-FAILED', received: 'le contrôle du banc a échoué : cassé' }),
    ]);
  });

  it('shows neither where no check was given', async () => {
    const { journal, entries } = await start();
    journal.record(exchange('one'));
    expect((await entries()).exchanges[0]).not.toHaveProperty('findings');
  });
});

describe('judging', () => {
  it('keeps a bounded number of judgements, the oldest leaves first', async () => {
    const judged: string[] = [];
    const judging = createJudging(
      ({ id }) => {
        judged.push(id);
        return Promise.resolve(undefined);
      },
      () => [],
      2,
    );
    for (const id of ['a', 'b', 'b', 'c', 'b', 'a']) await judging.of(exchange(id));
    expect(judged).toEqual(['a', 'b', 'c', 'a']);
  });

  it('shows what came before to the rules that compare', async () => {
    const all = ['a', 'b', 'c'].map(exchange);
    const seen: string[][] = [];
    const judging = createJudging(
      (_, earlier) => {
        seen.push(earlier().map(({ id }) => id));
        return Promise.resolve(undefined);
      },
      () => all,
    );
    for (const one of [...all, exchange('elsewhere')]) await judging.of(one);
    expect(seen).toEqual([[], ['a'], ['a', 'b'], []]);
  });
});
