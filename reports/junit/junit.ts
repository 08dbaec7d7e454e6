import { escapeXml } from '#formats/xml/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';

/**
 * The run as JUnit XML (the common subset that CI servers read: testsuites, testsuite, testcase, failure, error,
 * system-out, properties). Characters that XML 1.0 cannot carry are replaced; times are seconds, instants UTC.
 */
export function renderJunit(run: RunRecord): string {
  const features = new Map<string, ScenarioResult[]>();
  for (const scenario of run.scenarios) {
    const list = features.get(scenario.feature) ?? [];
    list.push(scenario);
    features.set(scenario.feature, list);
  }
  const name = `Jalon · ${run.product.name} ${run.product.version}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name, ...totals(run.scenarios), time: seconds(run.durationMs) })}>`,
    ...Array.from(features, ([feature, scenarios]) => suite(run, feature, scenarios)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(run: RunRecord, feature: string, scenarios: readonly ScenarioResult[]): string {
  const time = scenarios.reduce((sum, scenario) => sum + scenario.durationMs, 0);
  const facts = {
    'jalon.run': run.id,
    'jalon.category': run.category,
    'jalon.wave': run.wave,
    'jalon.rem.sha256': run.rem.sha256,
    'jalon.driver': run.driver,
    ...(run.faults.length > 0 ? { 'jalon.faults': run.faults.join(', ') } : {}),
  };
  return [
    `  <testsuite ${attributes({ name: feature, ...totals(scenarios), skipped: '0', time: seconds(time), timestamp: run.startedAt })}>`,
    '    <properties>',
    ...Object.entries(facts).map(([key, value]) => `      <property ${attributes({ name: key, value })}/>`),
    '    </properties>',
    ...scenarios.map(testcase),
    '  </testsuite>',
  ].join('\n');
}

function testcase(scenario: ScenarioResult): string {
  const head = attributes({
    // The id tells apart two scenarios of one name; dots would make CI servers see packages.
    classname: scenario.id.replace(/#.*$/, '').replaceAll('.', '_'),
    name: scenario.name,
    time: seconds(scenario.durationMs),
  });
  const content = [outcome(scenario), note(scenario)].filter((part) => part !== '');
  return content.length === 0
    ? `    <testcase ${head}/>`
    : [`    <testcase ${head}>`, ...content, '    </testcase>'].join('\n');
}

function outcome(scenario: ScenarioResult): string {
  const [first = ''] = scenario.reason.split('\n');
  const body = escapeText(
    [scenario.reason, ...scenario.findings.map(describe)].filter((part) => part !== '').join('\n\n'),
  );
  switch (scenario.verdict) {
    case 'conforme':
    case 'a-verifier':
      return '';
    case 'non-conforme':
      return `      <failure ${attributes({ message: first, type: 'non-conforme' })}>${body}</failure>`;
    case 'non-verifiable':
      return `      <error ${attributes({ message: first, type: scenario.cause ?? 'banc' })}>${body}</error>`;
  }
}

function note(scenario: ScenarioResult): string {
  const lines = [
    `Scénario ${scenario.id}`,
    ...(scenario.requirements.length > 0 ? [`Exigences : ${scenario.requirements.join(', ')}`] : []),
    ...(scenario.verdict === 'a-verifier' ? [`À vérifier par une personne : ${scenario.reason}`] : []),
    ...scenario.pieces.map((piece) => `Pièce ${piece.slot} : ${piece.path}`),
  ];
  return `      <system-out>${escapeText(lines.join('\n'))}</system-out>`;
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

function totals(scenarios: readonly ScenarioResult[]): { tests: string; failures: string; errors: string } {
  const of = (verdict: ScenarioResult['verdict']): string =>
    String(scenarios.filter((scenario) => scenario.verdict === verdict).length);
  return { tests: String(scenarios.length), failures: of('non-conforme'), errors: of('non-verifiable') };
}

function attributes(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}="${escapeXml(withoutControls(value))}"`)
    .join(' ');
}

/** Line feeds stay line feeds: some readers show character references as they are. */
function escapeText(text: string): string {
  return withoutControls(text).split('\n').map(escapeXml).join('\n');
}

function withoutControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/[^\P{Cc}\t\n]/gu, '');
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}
