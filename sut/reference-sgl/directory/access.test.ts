import { beforeEach, describe, expect, it } from 'vitest';
import type { SglConfig } from '../model/index.ts';
import { createDirectoryAccess, type Answered, type DirectoryAccess } from './access.ts';

const START = Date.parse('2026-01-05T10:00:00Z');
let clock: number;
let waits: number[];
let dropped: number;

beforeEach(() => {
  clock = START;
  waits = [];
  dropped = 0;
});

/** A clock that only moves when somebody waits. */
function open(...faults: string[]): DirectoryAccess {
  return createDirectoryAccess({} as SglConfig, {
    faults: new Set(faults),
    now: () => new Date(clock),
    async wait(ms) {
      waits.push(ms);
      clock += ms;
    },
  });
}

const answer = (status: number, retryAfter?: string): Answered => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  drop: () => void (dropped += 1),
});

/** Asks until the answers are used up; the status that came last. */
async function persist(access: DirectoryAccess, ...answers: Answered[]): Promise<number> {
  const left = [...answers];
  const { status } = await access.persist(async () => {
    const next = left.shift();
    if (!next) throw new Error('asked once too often');
    return next;
  });
  expect(left).toEqual([]);
  return status;
}

describe('persist', () => {
  it('waits longer and longer after failures, then gives up', async () => {
    expect(await persist(open(), answer(500), answer(502), answer(200))).toBe(200);
    expect(waits).toEqual([200, 1000]);
    expect(dropped).toBe(2);
    expect(await persist(open(), answer(500), answer(500), answer(500))).toBe(500);
  });

  it.each([[404], [401], [304], [200]])('asks once when the answer is %i', async (status) => {
    expect(await persist(open(), answer(status))).toBe(status);
    expect(waits).toEqual([]);
  });

  it('waits for what the directory asks, in seconds or as a date', async () => {
    await persist(open(), answer(429, '3'), answer(200));
    expect(waits).toEqual([3000]);
    clock = START;
    await persist(open(), answer(503, 'Mon, 05 Jan 2026 10:00:07 GMT'), answer(200));
    expect(waits).toEqual([3000, 7000]);
    await persist(open(), answer(503, 'bientôt'), answer(200));
    expect(waits.at(-1)).toBe(200);
  });

  it('holds the next call too, whoever makes it', async () => {
    const access = open('ann-sans-reessai');
    expect(await persist(access, answer(429, '5'))).toBe(429);
    clock += 2000;
    expect(await persist(access, answer(200))).toBe(200);
    expect(waits).toEqual([3000]);
  });

  it('does not make a user wait for minutes: the call is not made at all', async () => {
    const access = open();
    expect(await persist(access, answer(429, '120'))).toBe(429);
    await expect(persist(access)).rejects.toMatchObject({
      code: 'ANNUAIRE_INDISPONIBLE',
      message: expect.stringContaining('120 secondes') as string,
    });
    expect(waits).toEqual([]);
  });

  it('with their faults, does not wait, or does not stop', async () => {
    await persist(open('ann-retry-after-ignore'), answer(429, '3'), answer(200));
    expect(waits).toEqual([200]);
    await persist(open('ann-insistance'), ...Array.from({ length: 10 }, () => answer(500)));
    expect(waits.slice(1)).toEqual(Array.from({ length: 9 }, () => 0));
  });
});
