import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openClaims, resetClaims } from './claims.ts';

describe('claims', () => {
  it('give a scenario to one process only, and tell who took what', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'jalon-prises-')), 'prises');
    resetClaims(folder);
    const [one, two] = [openClaims(folder, 1), openClaims(folder, 2)];
    const taken = Array.from({ length: 12 }, (_, rank) =>
      (rank % 3 === 0 ? [one, two] : [two, one]).map((claims) => claims.take(rank)),
    );
    expect(taken.every(([first, second]) => first === true && second === false)).toBe(true);
    expect(one.takenBy(1)).toEqual([0, 3, 6, 9]);
    expect(one.takenBy(2)).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
    resetClaims(folder);
    expect(two.take(0)).toBe(true);
  });
});
