import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadCatalogue } from '../catalogue/index.ts';
import { DsrError } from '../errors/index.ts';
import { findSlot, slotsOf } from '../rem/index.ts';
import type { ProofKind, ProofSlot } from '../rem/index.ts';
import { applyOverrules, loadKinds, parseOverrules, serialiseOverrules, type Overrule } from './index.ts';

const rem = loadCatalogue('SGL', 'va1');
const at = '2026-11-22T08:00:00.000Z';
const reason = 'vu avec l’ANS';
const slot = (id: string, from = rem) => findSlot(from, id)?.slot;

describe('the user overrules a slot', () => {
  it('by its class alone: kinds and choice stay', () => {
    const before = slot('INS/va1.28.01.01');
    const { rem: after, unknown } = applyOverrules(rem, [
      { slot: 'INS/va1.28.01.01', evidenceClass: 'rehearsal', reason, at },
    ]);
    expect(unknown).toEqual([]);
    expect(slot('INS/va1.28.01.01', after)).toEqual({
      ...before,
      evidenceClass: 'rehearsal',
      classifiedBy: 'user',
      classifiedReason: reason,
    });
  });

  it('by its kinds: the choice of the wording ends and the class follows', () => {
    const { rem: after } = applyOverrules(rem, [{ slot: 'INS/va1.28.01.01', kinds: ['log'], reason, at }]);
    const now = slot('INS/va1.28.01.01', after);
    expect(now).toMatchObject({ kinds: ['log'], evidenceClass: 'bench', classifiedBy: 'user' });
    expect(now).not.toHaveProperty('alternatives');
  });

  it.each<readonly [string, readonly ProofKind[] | undefined, string]>([
    // Film or capture, each with the journal: no set goes without a person.
    ['INS/va1.38.02.01', undefined, 'human'],
    ['INS/va1.38.02.01', ['log'], 'bench'],
    ['INS/va1.38.02.01', ['log', 'attestation'], 'human'],
    // A trace is enough there, and the user may say that it is what they hand in.
    ['MSS/va1.14.01.01', undefined, 'bench'],
    ['DMP/va1.02.01.01', undefined, 'rehearsal'],
    ['DMP/va1.02.01.01', ['other'], 'bench'],
  ])('as the bench’s: %s with kinds %j is %s', (id, kinds, evidenceClass) => {
    const overrule: Overrule = {
      slot: id,
      evidenceClass: 'bench',
      reason,
      at,
      ...(kinds === undefined ? {} : { kinds }),
    };
    expect(slot(id, applyOverrules(rem, [overrule]).rem)?.evidenceClass).toBe(evidenceClass);
  });

  it('as the number is written in the list, the last word winning', () => {
    const { rem: after, unknown } = applyOverrules(rem, [
      { slot: '39.01.01', evidenceClass: 'bench', reason, at },
      { slot: 'INS/va1.39.01.01', evidenceClass: 'rehearsal', reason, at },
    ]);
    expect(unknown).toEqual([]);
    expect(slot('INS/va1.39.01.01', after)?.evidenceClass).toBe('rehearsal');
  });

  it('and says which slots the list does not have', () => {
    const overrules: readonly Overrule[] = [{ slot: 'X/va1.01.01.01', evidenceClass: 'human', reason, at }];
    expect(applyOverrules(rem, overrules)).toEqual({ rem, unknown: ['X/va1.01.01.01'] });
    expect(applyOverrules(rem, overrules).rem).toBe(rem);
  });

  it('but a piece of an outside body or of a person never becomes the bench’s, and nothing else moves', () => {
    const ids = slotsOf(rem.requirements).map((place) => place.slot.id);
    const overrule = fc.record(
      {
        slot: fc.constantFrom(...ids),
        kinds: fc.uniqueArray(fc.constantFrom<ProofKind>(...loadKinds().keys()), { minLength: 1, maxLength: 4 }),
        evidenceClass: fc.constantFrom('bench' as const, 'rehearsal' as const, 'human' as const),
        reason: fc.constant(reason),
        at: fc.constant(at),
      },
      { requiredKeys: ['slot', 'reason', 'at'] },
    );
    const byHand = new Set<ProofKind>(['video', 'screenshot', 'print-scan', 'attestation', 'documentation']);
    const needsPerson = ({ kinds, alternatives = [kinds] }: ProofSlot): boolean =>
      alternatives.every((set) => set.some((kind) => byHand.has(kind)));
    const external = new Set<ProofKind>(['gazelle-link', 'mss-tool-run-id', 'cnda-certificate', 'pentest-form']);
    fc.assert(
      fc.property(fc.array(overrule, { maxLength: 5 }), (overrules) => {
        const { rem: after } = applyOverrules(rem, overrules);
        const meant = new Set(overrules.map((one) => one.slot));
        for (const { slot: now } of slotsOf(after.requirements)) {
          if (!meant.has(now.id)) expect(now).toBe(slot(now.id));
          else if (now.kinds.some((kind) => external.has(kind)) || needsPerson(now))
            expect(now.evidenceClass).not.toBe('bench');
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the file of overrules', () => {
  const overrules: readonly Overrule[] = [
    { slot: 'INS/va1.2.01.01', evidenceClass: 'bench', reason, at },
    { slot: 'INS/va1.10.01.01', kinds: ['video', 'log'], reason, at, author: 'QA' },
  ];

  it('is read back as written, in the order of the numbers', () => {
    expect(parseOverrules(serialiseOverrules([...overrules].reverse()))).toEqual(overrules);
    expect(parseOverrules(serialiseOverrules([]))).toEqual([]);
  });

  const file = (entry: object): string => JSON.stringify({ format: 'jalon-classement/1', overrules: [entry] });

  it.each([
    ['not JSON', '{'],
    ['another format', '{"format":"jalon-rem/1","overrules":[]}'],
    ['no reason', file({ slot: 'A', evidenceClass: 'bench', at })],
    ['a blank reason', file({ slot: 'A', evidenceClass: 'bench', reason: '  ', at })],
    ['nothing overruled', file({ slot: 'A', reason, at })],
    ['an unknown kind', file({ slot: 'A', kinds: ['hologram'], reason, at })],
    ['no kind at all', file({ slot: 'A', kinds: [], reason, at })],
    ['a date of another kind', file({ slot: 'A', evidenceClass: 'bench', reason, at: 'hier' })],
    ['a field of its own', file({ slot: 'A', evidenceClass: 'bench', reason, at, __proto__x: 1 })],
  ])('is refused with %s', (_title, json) => {
    expect(() => parseOverrules(json)).toThrow(DsrError);
    expect(() => parseOverrules(json)).toThrow(expect.objectContaining({ code: 'OVERRULES_INVALID' }));
  });
});
