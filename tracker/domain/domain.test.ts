import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '#dsr/verdict/index.ts';
import {
  mergeContributions,
  requirementState,
  runExitCode,
  runVerdict,
  shownRunState,
  slotStateAfter,
  SLOT_STATES,
} from './index.ts';

const VERDICTS: readonly Verdict[] = ['conforme', 'non-conforme', 'a-verifier', 'non-verifiable'];

describe('slot state', () => {
  it.each([
    ['vide', 'conforme', 'bench', 1, 'recueillie'],
    ['vide', 'conforme', 'rehearsal', 1, 'rejouee'],
    ['vide', 'conforme', 'human', 1, 'rejouee'],
    ['vide', 'conforme', 'bench', 0, 'vide'],
    ['vide', 'a-verifier', 'bench', 1, 'a-revoir'],
    ['vide', 'non-conforme', 'bench', 1, 'vide'],
    ['recueillie', 'non-conforme', 'bench', 1, 'a-revoir'],
    ['recueillie', 'non-verifiable', 'bench', 0, 'recueillie'],
    ['deposee', 'non-conforme', 'bench', 1, 'deposee'],
  ] as const)('%s, then %s (%s, %i piece) gives %s', (previous, verdict, evidenceClass, pieces, expected) => {
    expect(slotStateAfter(previous, { verdict, evidenceClass, pieces })).toBe(expected);
  });

  it('is never accepted by a run, nor filled by one that is not green', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SLOT_STATES),
        fc.constantFrom(...VERDICTS),
        fc.constantFrom('bench' as const, 'rehearsal' as const, 'human' as const),
        fc.nat(3),
        (previous, verdict, evidenceClass, pieces) => {
          const after = slotStateAfter(previous, { verdict, evidenceClass, pieces });
          if (after !== previous)
            expect(['validee-interne', 'deposee', 'complement-demande', 'acceptee']).not.toContain(after);
          if (after === 'recueillie' && previous !== 'recueillie')
            expect([verdict, evidenceClass]).toEqual(['conforme', 'bench']);
        },
      ),
    );
  });

  it('takes the worst of several scenarios', () => {
    const good = { verdict: 'conforme', evidenceClass: 'bench', pieces: 1 } as const;
    expect(mergeContributions([good, { ...good, verdict: 'non-conforme' }])).toEqual({
      ...good,
      verdict: 'non-conforme',
      pieces: 2,
    });
    expect(mergeContributions([])).toBeUndefined();
  });
});

describe('run', () => {
  it('without any scenario is not green', () => {
    expect(runVerdict([])).toBe('non-verifiable');
    expect(runExitCode([], 'finished')).toBe(4);
  });

  it.each([
    [['conforme', undefined], 0],
    [['a-verifier', undefined], 0],
    [['non-conforme', undefined], 1],
    [['non-verifiable', 'produit'], 1],
    [['non-verifiable', 'configuration'], 3],
    [['non-verifiable', 'banc'], 4],
    [['non-verifiable', 'interrompu'], 4],
  ] as const)('%j ends with code %i', ([verdict, cause], code) => {
    expect(runExitCode([{ verdict: 'conforme' }, { verdict, ...(cause ? { cause } : {}) }], 'finished')).toBe(code);
  });

  it('says that the product is wrong even when the bench also failed', () => {
    expect(runExitCode([{ verdict: 'non-conforme' }, { verdict: 'non-verifiable', cause: 'banc' }], 'finished')).toBe(
      1,
    );
  });

  it('stays red when interrupted after a failure, and is never green when interrupted', () => {
    expect(shownRunState('interrupted', 'non-conforme').tone).toBe('bad');
    expect(shownRunState('interrupted', 'conforme').tone).toBe('warn');
    expect(runExitCode([{ verdict: 'conforme' }], 'interrupted')).toBe(4);
  });
});

describe('requirement state', () => {
  it('is that of the slot that holds it back most', () => {
    expect(requirementState(['recueillie', 'vide'])).toBe('vide');
    expect(requirementState(['recueillie', 'acceptee'])).toBe('recueillie');
    expect(requirementState([])).toBe('vide');
  });
});
