import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Numbers } from './numbers.ts';

describe('Numbers', () => {
  const parent = fc.constantFrom('A', 'B', 'A.01');
  const step = fc.oneof(
    fc.record({ parent, rank: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ id: fc.constantFrom('A.01', 'A.02', 'A.01-2', 'B.10') }),
  );

  it('gives what a search from the start gives, whatever was taken before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('A.01', 'A.02', 'A.03', 'A.05', 'A.01-2', 'A.01-3', 'B.01', 'A.01.02')),
        fc.array(step, { maxLength: 40 }),
        (given, steps) => {
          const numbers = new Numbers(given);
          const taken = new Set<string>(given);
          for (const one of steps) {
            let number = 'rank' in one ? one.rank : 2;
            const idOf = () =>
              'rank' in one ? `${one.parent}.${String(number).padStart(2, '0')}` : `${one.id}-${number}`;
            while (taken.has(idOf())) number += 1;
            taken.add(idOf());
            expect('rank' in one ? numbers.takeFree(one.parent, one.rank) : numbers.takeCopy(one.id)).toBe(idOf());
          }
        },
      ),
    );
  });

  it('does not start again for each of a hundred thousand', () => {
    const numbers = new Numbers(['A.01']);
    const taken = Array.from({ length: 100_000 }, () => [numbers.takeFree('A', 1), numbers.takeCopy('A.01')]);
    expect(taken.at(-1)).toEqual(['A.100001', 'A.01-100001']);
  });
});
