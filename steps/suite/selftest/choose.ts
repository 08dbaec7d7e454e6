import { createHash } from 'node:crypto';
import type { Rule } from '#dsr/verdict/index.ts';
import { mayTouch } from './asked.ts';
import { isOfSection, sectionOfFault } from './sections.ts';
import type { Asked, ExpectedFault } from './types.ts';

/** A scenario of the suite, as far as a choice goes. */
export interface ScenarioPlace {
  readonly id: string;
  readonly requirements: readonly string[];
}

export interface Choice {
  readonly faults: readonly ExpectedFault[];
  /** Scenarios of every pass. */
  readonly scenarios: readonly string[];
}

/**
 * Faults and scenarios of a section: a fault is of the section when it breaks one of its rules, when one of its expected
 * scenarios answers for one of its requirements, or when its name says so. Each pass also plays the expected scenarios of its own fault,
 * wherever they stand.
 *
 * @param section absent for all of them
 */
export function chooseOf(
  section: string | undefined,
  faults: readonly ExpectedFault[],
  suite: readonly ScenarioPlace[],
  rules: readonly Rule[],
): Choice {
  if (section === undefined) return { faults, scenarios: suite.map(({ id }) => id) };
  const ofSection = (requirements: readonly string[]): boolean => requirements.some((id) => isOfSection(id, section));
  const scenarios = suite.filter(({ requirements }) => ofSection(requirements)).map(({ id }) => id);
  const itsScenarios = new Set(scenarios);
  const itsRules = new Set(rules.filter(({ requirements }) => ofSection(requirements)).map(({ id }) => id));
  return {
    faults: faults.filter(
      (fault) =>
        fault.rules.some((rule) => itsRules.has(rule)) ||
        [...fault.expected, ...fault.warnings].some((id) => itsScenarios.has(id)) ||
        sectionOfFault(fault) === section.toUpperCase(),
    ),
    scenarios,
  };
}

/**
 * Faults that no scenario of the suite can show yet, in sections that are not held complete: they are counted, not
 * played. In a complete section such a fault is one that nothing catches.
 */
export function waitsForScenario(fault: ExpectedFault, complete: readonly string[]): boolean {
  const section = sectionOfFault(fault);
  return (
    fault.expected.length + fault.warnings.length === 0 &&
    section !== undefined &&
    !complete.some((each) => each.toUpperCase() === section)
  );
}

/** How many expected scenarios a sampled pass keeps of a fault; more where more of them answer for what it breaks. */
const KEPT = 8;
const KEPT_BY_RULES = 14;

/**
 * The expected scenarios that a short selftest keeps of a fault: first those that answer for a requirement of the rules
 * that it breaks, since they show the breach, then others, always the same ones.
 */
export function keptExpected(
  fault: ExpectedFault,
  suite: readonly ScenarioPlace[],
  rules: readonly Rule[],
): readonly string[] {
  const served = new Set(
    rules.filter(({ id }) => fault.rules.includes(id)).flatMap(({ requirements }) => requirements),
  );
  const expected = new Set(fault.expected);
  const telling = suite
    .filter(({ id, requirements }) => expected.has(id) && requirements.some((each) => served.has(each)))
    .map(({ id }) => id);
  const first = sampleOf(telling, fault.name, KEPT_BY_RULES);
  const others = fault.expected.filter((id) => !telling.includes(id));
  return [...first, ...sampleOf(others, fault.name, Math.max(0, KEPT - first.length))];
}

/**
 * Scenarios of the pass of one fault, in the order of the suite: those that the fault can change, and those that must
 * turn red, or warn, which then do not.
 *
 * @param asked of the product without fault; absent: every scenario is played
 * @param sample absent: all of them; else the expected ones to keep, and how many others at most
 */
export function scenariosFor(
  fault: ExpectedFault,
  chosen: readonly string[],
  suite: readonly ScenarioPlace[],
  asked: Asked | undefined,
  sample?: { readonly kept: readonly string[]; readonly others: number },
): readonly string[] {
  const expected = new Set([...fault.expected, ...fault.warnings]);
  const others = chosen.filter((id) => !expected.has(id) && (asked === undefined || mayTouch(asked, fault.name, id)));
  const wanted = new Set([
    ...(sample?.kept ?? fault.expected),
    ...fault.warnings,
    ...sampleOf(others, fault.name, sample?.others ?? others.length),
  ]);
  return suite.map(({ id }) => id).filter((id) => wanted.has(id));
}

/** The same ones at each selftest, and others for another fault: together, faults reach the whole suite. */
function sampleOf(ids: readonly string[], fault: string, size: number): readonly string[] {
  if (ids.length <= size) return ids;
  const rank = (id: string): string => createHash('sha256').update(`${fault} ${id}`).digest('hex');
  return ids
    .map((id) => [rank(id), id] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, size)
    .map(([, id]) => id);
}
