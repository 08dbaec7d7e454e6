import { XMLBuilder } from 'fast-xml-parser';
import type { Finding } from '#dsr/verdict/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';

/** An element as the builder takes it: attributes behind `@`, text behind `#`. */
interface Element {
  readonly [name: string]: string | Element | readonly Element[];
}

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  textNodeName: '#',
  ignoreAttributes: false,
  processEntities: true,
  suppressEmptyNode: true,
  format: true,
});

/**
 * The run in the JUnit form that CI servers read (testsuites, testsuite, testcase, failure, error, system-out,
 * properties). Characters that XML 1.0 cannot carry are replaced; times are seconds, instants UTC.
 */
export function renderJunit(run: RunRecord): string {
  const features = Map.groupBy(run.scenarios, (scenario) => scenario.feature);
  const testsuites: Element = {
    ...attributes({
      name: `Jalon · ${run.product.name} ${run.product.version}`,
      ...totals(run.scenarios),
      time: seconds(run.durationMs),
    }),
    testsuite: Array.from(features, ([feature, scenarios]) => suite(run, feature, scenarios)),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites })}`;
}

function suite(run: RunRecord, feature: string, scenarios: readonly ScenarioResult[]): Element {
  const facts = {
    'jalon.run': run.id,
    'jalon.category': run.category,
    'jalon.wave': run.wave,
    'jalon.rem.sha256': run.rem.sha256,
    'jalon.driver': run.driver,
    ...(run.faults.length > 0 ? { 'jalon.faults': run.faults.join(', ') } : {}),
  };
  const time = scenarios.reduce((sum, scenario) => sum + scenario.durationMs, 0);
  return {
    ...attributes({
      name: feature,
      ...totals(scenarios),
      skipped: '0',
      time: seconds(time),
      timestamp: run.startedAt,
    }),
    properties: { property: Object.entries(facts).map(([name, value]) => attributes({ name, value })) },
    testcase: scenarios.map(testcase),
  };
}

function testcase(scenario: ScenarioResult): Element {
  return {
    ...attributes({
      // The id tells apart two scenarios of one name; dots would make CI servers see packages.
      classname: scenario.id.replace(/#.*$/, '').replaceAll('.', '_'),
      name: scenario.name,
      time: seconds(scenario.durationMs),
    }),
    ...outcome(scenario),
    'system-out': text(note(scenario)),
  };
}

function outcome(scenario: ScenarioResult): Element {
  const [message = ''] = scenario.reason.split('\n');
  const body = text([scenario.reason, ...scenario.findings.map(describe)].filter((part) => part !== '').join('\n\n'));
  switch (scenario.verdict) {
    case 'conforme':
    case 'a-verifier':
      return {};
    case 'non-conforme':
      return { failure: { ...attributes({ message, type: 'non-conforme' }), '#': body } };
    case 'non-verifiable':
      return { error: { ...attributes({ message, type: scenario.cause ?? 'banc' }), '#': body } };
  }
}

function note(scenario: ScenarioResult): string {
  return [
    `Scénario ${scenario.id}`,
    ...(scenario.requirements.length > 0 ? [`Exigences : ${scenario.requirements.join(', ')}`] : []),
    ...(scenario.verdict === 'a-verifier' ? [`À vérifier par une personne : ${scenario.reason}`] : []),
    ...(scenario.guide ?? []).map((step) =>
      step.kind === 'action' ? `À faire : ${step.text}` : `À filmer pour ${step.slot} : ${step.shots.join(' ; ')}`,
    ),
    ...scenario.pieces.map((piece) => `Pièce ${piece.slot} : ${piece.path}`),
  ].join('\n');
}

function describe(finding: Finding): string {
  return [
    `${finding.rule} (${finding.severity}) ${finding.where}`,
    `  reçu    : ${finding.received}`,
    `  attendu : ${finding.expected}`,
    `  remède  : ${finding.remedy}`,
    `  source  : ${finding.source}`,
  ].join('\n');
}

function totals(scenarios: readonly ScenarioResult[]): Readonly<Record<string, string>> {
  const of = (verdict: ScenarioResult['verdict']): string =>
    String(scenarios.filter((scenario) => scenario.verdict === verdict).length);
  return { tests: String(scenarios.length), failures: of('non-conforme'), errors: of('non-verifiable') };
}

function attributes(pairs: Readonly<Record<string, string>>): Element {
  return Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`@${name}`, text(value)]));
}

/** Only what XML 1.0 can carry: no control character, no lone surrogate, no non-character. */
function text(value: string): string {
  return value
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .toWellFormed();
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}
