import { describe, expect, it } from 'vitest';
import type { Rule } from '#dsr/verdict/index.ts';
import { chooseOf, keptExpected, scenariosFor, waitsForScenario } from './choose.ts';
import { proveRules } from './proof-of-rules.ts';
import { isOfSection, sectionOf } from './sections.ts';

const rule = (id: string, ...requirements: readonly string[]): Rule => ({
  id,
  layer: 'business',
  severity: 'error',
  requirements,
  source: 'essai',
  title: 'Essai.',
});

const RULES = [rule('INS-A', 'INS/va1.01'), rule('CDA-A', 'DOC/va1.02', 'INS/va1.59'), rule('MSS-A', 'MSS/va1.03')];
const SUITE = [
  { id: 'ins/a#1', requirements: ['INS/va1.01'] },
  { id: 'dmp/b#1', requirements: ['DMP/va1.02'] },
  { id: 'mss/c#1', requirements: ['MSS/va1.03'] },
];
const fault = (
  name: string,
  rules: readonly string[],
  expected: readonly string[],
  warnings: readonly string[] = [],
) => ({
  name,
  title: name,
  rules,
  expected,
  warnings,
});
const FAULTS = [
  fault('par-regle', ['CDA-A'], ['dmp/b#1']),
  fault('par-scenario', [], ['ins/a#1']),
  fault('ailleurs', ['MSS-A'], ['mss/c#1']),
];

describe('a section', () => {
  it('holds the ids that begin with it, of both waves', () => {
    expect(isOfSection('INS/va1.28', 'ins')).toBe(true);
    expect(isOfSection('INS/PSC.01', 'INS')).toBe(true);
    expect(isOfSection('INS/PSC.01', 'INS/PSC')).toBe(true);
    expect(isOfSection('INS/va1.28', 'INS/PSC')).toBe(false);
    expect(isOfSection('INSX/va1.28', 'INS')).toBe(false);
    expect(sectionOf('INS/PSC.01')).toBe('INS');
  });

  it('takes the faults that break its rules or are seen by its scenarios', () => {
    const choice = chooseOf('INS', FAULTS, SUITE, RULES);
    expect(choice.faults.map(({ name }) => name)).toEqual(['par-regle', 'par-scenario']);
    expect(choice.scenarios).toEqual(['ins/a#1']);
  });

  it('also plays the scenarios that a fault is expected to redden elsewhere, in the order of the suite', () => {
    const { scenarios } = chooseOf('INS', FAULTS, SUITE, RULES);
    const crossing = fault('par-regle', ['CDA-A'], ['dmp/b#1']);
    expect(scenariosFor(crossing, scenarios, SUITE, undefined)).toEqual(['ins/a#1', 'dmp/b#1']);
  });

  it('leaves out the scenarios that a fault cannot change, unless one of them must turn red', () => {
    const all = SUITE.map(({ id }) => id);
    const asked = { atStart: ['au-depart'], during: { ici: ['mss/c#1'], jamais: [] } };
    const played = (name: string, expected: readonly string[] = []) =>
      scenariosFor(fault(name, [], expected), all, SUITE, asked);
    expect(played('ici')).toEqual(['mss/c#1']);
    expect(played('ici', ['ins/a#1'])).toEqual(['ins/a#1', 'mss/c#1']);
    expect(played('jamais')).toEqual([]);
    expect(played('inconnue')).toEqual([]);
    expect(played('au-depart')).toEqual(all);
  });

  it('takes the faults that only their name places', () => {
    const unruled = ['ins-cree-sans-lieu', 'insi-x', 'ssi-sans-controle', 'autre'].map((name) => fault(name, [], []));
    const of = (section: string) => chooseOf(section, unruled, SUITE, RULES).faults.map(({ name }) => name);
    expect(of('INS')).toEqual(['ins-cree-sans-lieu', 'insi-x']);
    expect(of('ssi')).toEqual(['ssi-sans-controle']);
  });

  it('is sampled when a selftest must be short: the same scenarios each time, others for another fault', () => {
    const suite = Array.from({ length: 60 }, (_, index) => ({ id: `x#${index + 1}`, requirements: [] }));
    const all = suite.map(({ id }) => id);
    const sampled = (name: string, size: number) =>
      scenariosFor(fault(name, [], ['x#7']), all, suite, undefined, { kept: ['x#7'], others: size });
    expect(sampled('une', 10)).toHaveLength(11);
    expect(sampled('une', 10)).toContain('x#7');
    expect(sampled('une', 10)).toEqual(sampled('une', 10));
    expect(sampled('une', 10)).not.toEqual(sampled('autre', 10));
    expect(sampled('une', 0)).toEqual(['x#7']);
    expect(sampled('une', 100)).toEqual(all);
  });

  it('does not play a fault that no scenario shows yet, where the section is not held complete', () => {
    const waits = (name: string, expected: readonly string[], complete: readonly string[]) =>
      waitsForScenario(fault(name, [], expected), complete);
    expect(waits('dmp-x', [], ['INS'])).toBe(true);
    expect(waits('vihf-x', [], ['INS'])).toBe(true);
    expect(waits('dmp-x', ['dmp/b#1'], ['INS'])).toBe(false);
    expect(waits('dmp-x', [], ['INS', 'dmp'])).toBe(false);
    expect(waits('ins-x', [], ['INS'])).toBe(false);
    expect(waits('sans-section', [], ['INS'])).toBe(false);
  });

  it('keeps, of the expected ones, those that answer for the rules broken, then a few others', () => {
    const suite = Array.from({ length: 60 }, (_, index) => ({
      id: `x#${index}`,
      requirements: index < 2 ? ['INS/va1.01'] : [],
    }));
    const expected = suite.map(({ id }) => id);
    const kept = keptExpected(fault('une', ['INS-A'], expected), suite, RULES);
    expect(kept).toHaveLength(8);
    expect(kept.slice(0, 2).toSorted()).toEqual(['x#0', 'x#1']);
    expect(keptExpected(fault('une', ['INS-A'], expected), suite, RULES)).toEqual(kept);
    const all = suite.map(({ id }) => ({ id, requirements: ['INS/va1.01'] }));
    expect(keptExpected(fault('une', ['INS-A'], expected), all, RULES)).toHaveLength(14);
    expect(keptExpected(fault('une', [], ['x#1']), suite, RULES)).toEqual(['x#1']);
    // What is expected and not kept is no bystander either.
    expect(
      scenariosFor(fault('une', [], ['x#1', 'x#2']), ['x#2', 'x#3'], suite, undefined, { kept: ['x#1'], others: 9 }),
    ).toEqual(['x#1', 'x#3']);
  });

  it('always plays where a rule must warn', () => {
    const warning = fault('une', [], ['x#1'], ['x#3']);
    const suite = ['x#1', 'x#2', 'x#3'].map((id) => ({ id, requirements: [] }));
    expect(scenariosFor(warning, [], suite, undefined)).toEqual(['x#1', 'x#3']);
    expect(scenariosFor(warning, [], suite, undefined, { kept: ['x#1'], others: 0 })).toEqual(['x#1', 'x#3']);
    expect(waitsForScenario(fault('dmp-x', [], [], ['dmp/b#1']), [])).toBe(false);
    expect(chooseOf('DMP', [fault('autre', [], [], ['dmp/b#1'])], SUITE, RULES).faults).toHaveLength(1);
  });

  it('is everything when none is asked for', () => {
    expect(chooseOf(undefined, FAULTS, SUITE, RULES)).toEqual({
      faults: FAULTS,
      scenarios: SUITE.map(({ id }) => id),
    });
  });
});

describe('rules', () => {
  it('without fault are due in the sections held complete, and counted elsewhere', () => {
    expect(proveRules(RULES, ['INS'], new Set(['INS-A']), [])).toEqual({
      uncovered: ['CDA-A'],
      unproven: [],
      unprovenElsewhere: [],
      open: 1,
      provenByFile: [],
    });
    expect(proveRules(RULES, [], new Set(), [])).toEqual({
      uncovered: [],
      unproven: [],
      unprovenElsewhere: [],
      open: 3,
      provenByFile: [],
    });
  });

  it('that a fault names are proved by one run that showed the breach', () => {
    const named = new Set(['INS-A', 'CDA-A', 'MSS-A']);
    const outcomes = [
      { rules: ['INS-A', 'CDA-A'], rulesMissing: ['CDA-A'] },
      { rules: ['INS-A'], rulesMissing: ['INS-A'] },
    ];
    // Of a section that is not held complete, for information.
    const elsewhere = proveRules(RULES, ['INS'], named, [{ rules: ['MSS-A'], rulesMissing: ['MSS-A'] }]);
    expect(elsewhere).toMatchObject({ unproven: [], unprovenElsewhere: ['MSS-A'] });
    expect(proveRules(RULES, [], named, [{ rules: ['MSS-A'], rulesMissing: ['MSS-A'] }]).unproven).toEqual(['MSS-A']);
    expect(proveRules(RULES, ['INS'], named, outcomes)).toEqual({
      uncovered: [],
      unproven: ['CDA-A'],
      unprovenElsewhere: [],
      open: 0,
      provenByFile: [],
    });
  });

  it('that only a file breaks are proved by a test, and said where they are due', () => {
    const byFile = new Set(['CDA-A', 'MSS-A']);
    expect(proveRules(RULES, ['INS'], new Set(['INS-A']), [], byFile)).toEqual({
      uncovered: [],
      unproven: [],
      unprovenElsewhere: [],
      open: 0,
      provenByFile: ['CDA-A'],
    });
  });
});
