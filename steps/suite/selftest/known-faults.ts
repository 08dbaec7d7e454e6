import type { Rule } from '#dsr/verdict/index.ts';
import { askReferenceFaults } from '#sut/reference/index.ts';
import type { ScenarioPlace } from './choose.ts';
import { readExpectations, type Expectations } from './expectations.ts';
import { everyRule } from './rule-tables.ts';
import { sectionOf, sectionOfFault } from './sections.ts';
import type { ExpectedFault } from './types.ts';

/** Faults of the product, each with the scenarios that the reviewed table expects of it. */
export async function knownFaults(expectations: Expectations = readExpectations()): Promise<readonly ExpectedFault[]> {
  const faults = await askReferenceFaults();
  return faults.map(({ name, title, touches, rules }) => ({
    name,
    title,
    touches,
    rules,
    expected: expectations.faults[name] ?? [],
    warnings: expectations.warnings[name] ?? [],
    ...(expectations.configuration?.includes(name) === true ? { configuration: true as const } : {}),
  }));
}

/** A fault under the section that a reader looks for it in. */
export interface ListedFault extends ExpectedFault {
  readonly section: string;
}

/**
 * Faults with their sections: that of the first rule broken, else that of the first expected scenario, else that of its name.
 *
 * @param suite absent: the features are not read, and a fault without rule is told under `autres`
 */
export async function listFaults(suite: readonly ScenarioPlace[] = []): Promise<readonly ListedFault[]> {
  const [faults, rules] = await Promise.all([knownFaults(), everyRule()]);
  return faults.map((fault) => ({ ...fault, section: mainSection(fault, rules, suite) ?? 'autres' }));
}

/** Section that a reader looks for a fault in; undefined when nothing says it. */
export function mainSection(
  fault: ExpectedFault,
  rules: readonly Rule[],
  suite: readonly ScenarioPlace[],
): string | undefined {
  const requirements = [
    ...rules.filter(({ id }) => fault.rules.includes(id)).flatMap((rule) => rule.requirements),
    ...suite
      .filter(({ id }) => [...fault.expected, ...fault.warnings].includes(id))
      .flatMap((scenario) => scenario.requirements),
  ];
  const [first] = requirements;
  return (first === undefined ? '' : sectionOf(first)) || sectionOfFault(fault);
}
