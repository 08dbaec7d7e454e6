import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyBudget } from './body-budget.ts';

const FREE = 64 * 1024;

describe('the bodies that a listener holds at once', () => {
  it('are bounded together, and room is made by those that end', () => {
    const budget = createBodyBudget(1000);
    const [first, second] = [budget.claim(), budget.claim()];
    expect(first.grow(FREE + 900)).toBe(true);
    expect(second.grow(FREE + 101)).toBe(false);
    second.release();
    first.release();
    first.release();
    expect(budget.claim().grow(FREE + 1000)).toBe(true);
  });

  it('are never refused when small', () => {
    const budget = createBodyBudget(0);
    expect(budget.claim().grow(FREE)).toBe(true);
    expect(budget.claim().grow(FREE + 1)).toBe(false);
  });

  it('never hold more than the bound, nor forget what was given back', () => {
    const sizes = fc.array(fc.array(fc.nat(FREE), { minLength: 1, maxLength: 5 }), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, (bodies) => {
        const budget = createBodyBudget(3 * FREE);
        const held = bodies.map((chunks) => {
          const claim = budget.claim();
          let size = 0;
          for (const chunk of chunks)
            if (claim.grow(chunk)) size += chunk;
            else break;
          return { claim, counted: Math.max(0, size - FREE) };
        });
        expect(held.reduce((sum, { counted }) => sum + counted, 0)).toBeLessThanOrEqual(3 * FREE);
        for (const { claim } of held) claim.release();
        expect(budget.claim().grow(4 * FREE)).toBe(true);
      }),
    );
  });
});
