import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeFault } from './judge.ts';
import type { ExpectedFault, Pass, PlayedScenario } from './types.ts';
import { passed } from './verdict.ts';

const FAULT: ExpectedFault = {
  name: 'faute',
  title: 'Fait mal.',
  rules: ['R-1', 'R-2'],
  expected: ['ins/a#1', 'ins/a#2'],
  warnings: [],
};

function played(id: string, verdict: PlayedScenario['verdict'], parts: Partial<PlayedScenario> = {}): PlayedScenario {
  return { id, verdict, reason: verdict === 'conforme' ? '' : `raison de ${id}`, rules: [], ...parts };
}

const pass = (...scenarios: readonly PlayedScenario[]): Pass => ({
  scenarios,
  durationMs: 1,
  asked: { atStart: [], during: {} },
});

const GREEN = pass(played('ins/a#1', 'conforme'), played('ins/a#2', 'conforme'), played('mss/b#1', 'conforme'));

describe('a fault is judged', () => {
  it('caught when all expected scenarios, and they alone, turn red', () => {
    const outcome = judgeFault(
      FAULT,
      pass(
        played('ins/a#1', 'non-conforme', { rules: ['R-1'] }),
        played('ins/a#2', 'non-verifiable', { cause: 'produit', rules: ['R-2'] }),
        played('mss/b#1', 'conforme'),
      ),
      GREEN,
    );
    expect(outcome).toMatchObject({
      caught: true,
      caughtBy: FAULT.expected,
      missing: [],
      collateral: [],
      rulesSeen: ['R-1', 'R-2'],
      rulesMissing: [],
    });
    expect(outcome.reasons['ins/a#1']).toBe('raison de ins/a#1');
  });

  it('not caught when one of them stays green, or only waits for a look', () => {
    for (const verdict of ['conforme', 'a-verifier'] as const) {
      const outcome = judgeFault(FAULT, pass(played('ins/a#1', 'non-conforme'), played('ins/a#2', verdict)), GREEN);
      expect(outcome).toMatchObject({ caught: false, caughtBy: ['ins/a#1'], missing: ['ins/a#2'] });
    }
  });

  it('not caught when no scenario is expected of it', () => {
    expect(judgeFault({ ...FAULT, expected: [] }, GREEN, GREEN).caught).toBe(false);
  });

  it('tells what it reddens beside', () => {
    const outcome = judgeFault(
      { ...FAULT, expected: ['ins/a#1'] },
      pass(played('ins/a#1', 'non-conforme'), played('mss/b#1', 'non-conforme')),
      GREEN,
    );
    expect(outcome).toMatchObject({ caught: true, collateral: ['mss/b#1'] });
  });

  it.for(['banc', 'configuration', 'interrompu'] as const)('not caught when the blame is put on: %s', (cause) => {
    const outcome = judgeFault(
      { ...FAULT, expected: ['ins/a#1'] },
      pass(played('ins/a#1', 'non-verifiable', { cause })),
      GREEN,
    );
    expect(outcome).toMatchObject({ caught: false, misjudged: ['ins/a#1'] });
  });

  it('caught when a fault of configuration is told as such, by nothing else', () => {
    const judged = (cause: 'configuration' | 'banc') =>
      judgeFault(
        { ...FAULT, configuration: true, expected: ['ins/a#1'] },
        pass(played('ins/a#1', 'non-verifiable', { cause, rules: ['R-1', 'R-2'] })),
        GREEN,
      );
    expect(judged('configuration')).toMatchObject({ caught: true, misjudged: [] });
    expect(judged('banc')).toMatchObject({ caught: false, misjudged: ['ins/a#1'] });
  });

  it('leaves aside what cannot start: neither caught by it, nor laid beside it', () => {
    const stuck = { cause: 'produit', blocked: true } as const;
    const outcome = judgeFault(
      { ...FAULT, rules: [], expected: ['ins/a#1'] },
      pass(
        played('ins/a#1', 'non-conforme'),
        played('ins/a#2', 'non-verifiable', stuck),
        played('mss/b#1', 'conforme'),
      ),
      GREEN,
    );
    expect(outcome).toMatchObject({ caught: true, caughtAs: 'scenario', blocked: ['ins/a#2'], collateral: [] });
    expect(
      judgeFault({ ...FAULT, expected: ['ins/a#1'] }, pass(played('ins/a#1', 'non-verifiable', stuck)), GREEN),
    ).toMatchObject({ caught: false, missing: ['ins/a#1'], blocked: ['ins/a#1'] });
  });

  it('caught by the warnings that are expected of it', () => {
    const warning = played('ins/a#1', 'conforme', { rules: ['R-1'], warned: ['R-1'] });
    const judged = (warnings: readonly string[], one = warning, baseline = GREEN) =>
      judgeFault({ ...FAULT, expected: [], warnings }, pass(one, played('ins/a#2', 'conforme')), baseline);
    expect(judged(['ins/a#1'])).toMatchObject({
      caught: true,
      caughtAs: 'avertissement',
      warned: { 'R-1': ['ins/a#1'] },
      warningsMissing: [],
      rulesBroken: [],
    });
    // Nobody expects it: nothing holds the rule.
    expect(judged([])).toMatchObject({ caught: false, warned: { 'R-1': ['ins/a#1'] } });
    expect(judged(['ins/a#1', 'ins/a#2'])).toMatchObject({ caught: false, warningsMissing: ['ins/a#2'] });
    // Neither an error that reddens nothing, nor the warning of another rule, nor one that was there without the fault.
    expect(judged(['ins/a#1'], { ...warning, warned: [] })).toMatchObject({ caught: false });
    expect(judged(['ins/a#1'], { ...warning, rules: ['R-3'], warned: ['R-3'] })).toMatchObject({ caught: false });
    expect(judged(['ins/a#1'], warning, pass(warning))).toMatchObject({ caught: false, warned: {} });
  });

  it('not caught when a warning expected beside a red scenario is not there', () => {
    const fault = { ...FAULT, expected: ['ins/a#1'], warnings: ['ins/a#2'] };
    const red = played('ins/a#1', 'non-conforme', { rules: ['R-1', 'R-3'], warned: ['R-3'] });
    const both = pass(red, played('ins/a#2', 'conforme', { rules: ['R-2'], warned: ['R-2'] }));
    expect(judgeFault(fault, both, GREEN)).toMatchObject({ caught: true, caughtAs: 'scenario', rulesBroken: ['R-1'] });
    expect(judgeFault(fault, pass(red, played('ins/a#2', 'conforme')), GREEN)).toMatchObject({
      caught: false,
      warningsMissing: ['ins/a#2'],
    });
  });

  it('proves a rule only by a breach that was not there without the fault', () => {
    const baseline = pass(played('ins/a#1', 'conforme', { rules: ['R-1'] }), played('ins/a#2', 'conforme'));
    const outcome = judgeFault(
      FAULT,
      pass(
        played('ins/a#1', 'non-conforme', { rules: ['R-1'] }),
        played('ins/a#2', 'non-conforme', { rules: ['R-2'] }),
      ),
      baseline,
    );
    expect(outcome).toMatchObject({ rulesSeen: ['R-2'], rulesMissing: ['R-1'] });
  });

  it('proves a rule by an error where it only remarked something before', () => {
    const remark = { rules: ['R-1'], warned: ['R-1'] };
    const baseline = pass(played('ins/a#1', 'conforme', remark), played('ins/a#2', 'conforme'));
    const judged = (parts: Partial<Parameters<typeof played>[2]>) =>
      judgeFault(
        { ...FAULT, expected: ['ins/a#1'], rules: ['R-1'] },
        pass(played('ins/a#1', 'non-conforme', { rules: ['R-1'], ...parts }), played('ins/a#2', 'conforme')),
        baseline,
      );
    expect(judged({})).toMatchObject({ rulesBroken: ['R-1'], rulesMissing: [] });
    expect(judged(remark)).toMatchObject({ rulesBroken: [], rulesMissing: ['R-1'] });
  });

  it('lays nothing to the fault that is red without it', () => {
    const baseline = pass(played('ins/a#1', 'non-conforme'), played('mss/b#1', 'non-verifiable', { cause: 'banc' }));
    expect(judgeFault(FAULT, baseline, baseline)).toMatchObject({ caughtBy: [], collateral: [], misjudged: [] });
  });

  it('puts every red scenario in one place, and every expected one in one place', () => {
    const ids = ['a#1', 'a#2', 'b#1', 'b#2'];
    const verdict = fc.constantFrom('conforme', 'non-conforme', 'a-verifier', 'non-verifiable');
    const scenarios = fc.tuple(...ids.map((id) => verdict.map((each) => played(id, each)))).map((all) => pass(...all));
    fc.assert(
      fc.property(fc.subarray(ids), scenarios, scenarios, (expected, one, baseline) => {
        const outcome = judgeFault({ ...FAULT, expected }, one, baseline);
        const red = Object.keys(outcome.reasons).toSorted();
        expect([...outcome.caughtBy, ...outcome.collateral, ...outcome.blocked].toSorted()).toEqual(red);
        expect([...outcome.caughtBy, ...outcome.missing].toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

describe('a selftest passes', () => {
  const outcome = judgeFault(
    { ...FAULT, rules: [], expected: ['ins/a#1'] },
    pass(played('ins/a#1', 'non-conforme')),
    GREEN,
  );
  const report = {
    reach: 'touched' as const,
    baseline: { scenarios: 3, red: [] },
    faults: [outcome],
    uncovered: [],
    unproven: [],
    unprovenElsewhere: [],
    pending: 0,
    provenByFile: [],
    open: 12,
    waiting: [],
    stale: [],
    interrupted: false,
    jobs: 1,
    durationMs: 1,
  };

  it('when nothing is amiss', () => {
    expect(passed(report)).toBe(true);
  });

  it.for([
    { faults: [{ ...outcome, caught: false }] },
    { faults: [{ ...outcome, collateral: ['mss/b#1'] }] },
    { baseline: { scenarios: 3, red: ['mss/b#1'] } },
    { uncovered: ['R-3'] },
    { unproven: ['R-3'] },
    { stale: ['faute'] },
    { interrupted: true },
  ])('but not with %j', (amiss) => {
    expect(passed({ ...report, ...amiss })).toBe(false);
  });
});
