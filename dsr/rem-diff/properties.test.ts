import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rem, Requirement } from '../rem/types.ts';
import { compareRems, type RemDiff } from './index.ts';
import { remOf, requirementOf, scenarioOf, slotOf } from './rem.fixture.ts';

const WORDS = [
  'le',
  'système',
  'DOIT',
  'afficher',
  'INS',
  'du',
  'patient',
  'après',
  'appel',
  'INSi',
  'alerte',
  'traits',
];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' '));
const number = fc.integer({ min: 1, max: 8 }).map((value) => `0${value}`);
const id = fc
  .tuple(fc.constantFrom('INS/va1', 'SGL.INS', 'INS', 'PSC', 'MSS/CONF'), number)
  .map((parts) => parts.join('.'));

const requirement: fc.Arbitrary<Requirement> = fc
  .record({
    id,
    statement: text,
    previousIds: fc.array(id, { maxLength: 3 }),
    profile: fc.constantFrom('Général', 'IAM', ''),
    nature: fc.constantFrom('DOIT' as const, 'PEUT' as const),
    scenarios: fc.array(fc.tuple(number, text, fc.array(fc.tuple(number, text), { maxLength: 3 })), { maxLength: 3 }),
  })
  .map(({ scenarios, ...given }) =>
    requirementOf(given.id, {
      ...given,
      scenarios: scenarios.map(([rank, steps, proofs]) =>
        scenarioOf(`${given.id}.${rank}`, {
          text: steps,
          proofs: proofs.map(([place, asked]) => slotOf(`${given.id}.${rank}.${place}`, { text: asked })),
        }),
      ),
    }),
  );

const requirements = fc.array(requirement, { maxLength: 9 });
const rem: fc.Arbitrary<Rem> = fc
  .record({
    // Ids are unique once read, but a kept file may have been edited.
    requirements: fc.oneof(
      { weight: 4, arbitrary: requirements.map((list) => [...new Map(list.map((each) => [each.id, each])).values()]) },
      requirements,
    ),
    obsolete: fc.array(requirement, { maxLength: 2 }),
    wave: fc.constantFrom('va1' as const, 'va2' as const),
    layout: fc.constantFrom('rem-wave1', 'rem-wave2', 'catalogue'),
  })
  .map(({ requirements: list, ...given }) => remOf(list, given));

/** Two REMs that resemble each other more often than chance would have it. */
const two: fc.Arbitrary<readonly [Rem, Rem]> = fc.oneof(
  fc.tuple(rem, rem),
  fc.tuple(rem, fc.array(fc.tuple(fc.nat(8), requirement), { maxLength: 3 })).map(([before, edits]) => {
    const list = [...before.requirements];
    for (const [place, edit] of edits) list.splice(place, place % 2, edit);
    return [before, { ...before, requirements: list }] as const;
  }),
);

const sorted = (ids: readonly string[]): readonly string[] => ids.toSorted();
const ids = (entries: readonly { readonly id: string }[]): readonly string[] =>
  sorted(entries.map((entry) => entry.id));
const accounted = (diff: RemDiff, side: 'before' | 'after'): readonly string[] =>
  sorted(diff.fates.flatMap((fate) => fate[side]));

describe('compareRems, on any two REMs', () => {
  it('finds nothing between a REM and itself', () => {
    fc.assert(
      fc.property(rem, (one) => {
        const diff = compareRems(one, structuredClone(one));
        expect(diff.identical).toBe(true);
        const { unchanged, ...changes } = diff.summary;
        expect(unchanged).toBe(one.requirements.length);
        expect(Object.values(changes).every((count) => count === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('accounts for every requirement of both exactly once', () => {
    fc.assert(
      fc.property(two, ([before, after]) => {
        const diff = compareRems(before, after);
        expect(accounted(diff, 'before')).toEqual(ids(before.requirements));
        expect(accounted(diff, 'after')).toEqual(ids(after.requirements));
        expect(ids(diff.added)).toEqual(
          sorted(diff.fates.filter(({ fate }) => fate === 'added').flatMap((fate) => fate.after)),
        );
        expect(ids(diff.removed)).toEqual(
          sorted(diff.fates.filter(({ fate }) => fate === 'removed').flatMap((fate) => fate.before)),
        );
        expect(ids([...diff.silentlyRemoved, ...diff.obsoleted])).toEqual(ids(diff.removed));
      }),
      { numRuns: 500 },
    );
  });

  it('mirrors what was added and removed when the two are swapped', () => {
    fc.assert(
      fc.property(two, ([before, after]) => {
        const [there, back] = [compareRems(before, after), compareRems(after, before)];
        expect(ids(back.added)).toEqual(ids(there.removed));
        expect(ids(back.removed)).toEqual(ids(there.added));
        expect(back.summary.unchanged).toBe(there.summary.unchanged);
      }),
      { numRuns: 500 },
    );
  });

  it('gives back both texts of everything reworded', () => {
    fc.assert(
      fc.property(two, ([before, after]) => {
        const diff = compareRems(before, after);
        for (const entry of [...diff.reworded, ...diff.typographyOnly]) {
          const join = (dropped: string): string =>
            entry.segments.map((each) => (each.kind === dropped ? '' : each.text)).join('');
          expect([join('added'), join('removed')]).toEqual([entry.before, entry.after]);
        }
      }),
    );
  });
});

describe('size', () => {
  it('compares two long lists whose texts all look alike without weighing each against each', () => {
    const like = (prefix: string, salt: number): Rem =>
      remOf(
        Array.from({ length: 2000 }, (_, index) =>
          requirementOf(`${prefix}.${index}`, {
            statement:
              `Le système DOIT permettre à l'utilisateur de consulter le document numéro ${index * 7 + salt} du patient. `.repeat(
                8,
              ),
          }),
        ),
      );
    const diff = compareRems(like('INS', 0), like('DMP', 1));
    expect(diff.fates.length).toBeGreaterThanOrEqual(2000);
  });

  it('ends on cells that hold books', () => {
    const book = (salt: string): string => Array.from({ length: 6000 }, (_, index) => `${salt}${index}`).join(' ');
    const list = (salt: string): Rem =>
      remOf(
        Array.from({ length: 200 }, (_, index) => requirementOf(`INS.${index}`, { statement: book(salt + index) })),
      );
    const diff = compareRems(list('a'), list('b'));
    expect(diff.reworded).toHaveLength(200);
    expect(diff.reworded.every(({ coarse }) => coarse)).toBe(true);
  });
});
