import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeIds } from './close-ids.ts';

const ids = ['INS/va1.28.01.01', 'INS/va1.28.01.02', 'INS/va1.29.01.01', 'DMP/UX.14.01.01'];

describe('ids close to what was typed', () => {
  it.each([
    ['INS/va1.28.01.1', ['INS/va1.28.01.01', 'INS/va1.28.01.02', 'INS/va1.29.01.01']],
    ['INS/va1.28.01', ['INS/va1.28.01.01', 'INS/va1.28.01.02']],
    ['UX.14.01.01', ['DMP/UX.14.01.01']],
    ['quelque chose', []],
    ['', []],
  ])('%s', (wanted, close) => {
    expect(closeIds(wanted, ids).slice(0, close.length || 1)).toEqual(close);
  });

  it('finds an id with one fault among the first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (id, place, letter) => {
        const at = place % id.length;
        expect(closeIds(id.slice(0, at) + letter + id.slice(at + 1), ids)).toContain(id);
      }),
    );
  });
});
