/**
 * Everything that must hold, in one command: format, lint with import boundaries, types, unit tests, the features
 * against the reference SGL, each fault of it caught, the pages in a real browser. Goes on after a failure, so that one run tells everything,
 * and ends with one line that counts over all of them.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SelftestReport } from '#steps/suite/selftest/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'jalon-test-'));

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Gate {
  readonly title: string;
  readonly args: readonly string[];
  /** Reads what the tool left; a gate without it counts for one. */
  readonly tally?: (output: string, code: number) => Tally | Promise<Tally>;
  /** Keeps standard output for the tally instead of showing it. */
  readonly capture?: boolean;
}

const tool = (path: string): string => join(ROOT, 'node_modules', path);
const vitestReport = (name: string): string => join(work, `${name}.json`);

function vitestTally(name: string): Tally {
  const report = JSON.parse(readFileSync(vitestReport(name), 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
    testResults: readonly { assertionResults: readonly { status: string; fullName: string }[] }[];
  };
  // A skipped test says in its title what it needs: the reader of this output must see it too.
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'skipped' || status === 'pending');
  for (const { fullName } of skipped) process.stdout.write(`   passé : ${fullName}\n`);
  // A file that does not even load has no failed test of its own: it must still count.
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0),
    skipped: report.numPendingTests,
  };
}

const vitest = (name: string, ...args: readonly string[]): Gate['args'] => [
  tool('vitest/vitest.mjs'),
  'run',
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${vitestReport(name)}`,
  ...args,
];

/** Scenarios that ask something of a tester end to be reviewed: counted apart, and held to be exactly those. */
async function featureTally(output: string, code: number): Promise<Tally> {
  const { scenarios, failures, toReview } = JSON.parse(output) as {
    scenarios: Record<string, number>;
    failures: readonly { id: string; reason: string }[];
    toReview: readonly { id: string }[];
  };
  for (const { id, reason } of failures) process.stdout.write(`   en échec : ${id}, ${reason}\n`);
  // Loaded here: a suite that does not load fails its gate, not all of them.
  const { guidedScenarios, REFERENCE_PROFILES, suiteTags } = await import('#steps/suite/index.ts');
  const red = new Set(failures.map(({ id }) => id));
  const guided = new Set(await guidedScenarios(suiteTags('va1', REFERENCE_PROFILES)));
  const reviewed = new Set(toReview.map(({ id }) => id));
  const astray = [
    ...[...reviewed].filter((id) => !guided.has(id)).map((id) => `${id} est à vérifier sans étape de testeur`),
    ...[...guided].filter((id) => !reviewed.has(id) && !red.has(id)).map((id) => `${id} a une étape de testeur`),
  ];
  for (const line of astray) process.stdout.write(`   en échec : ${line}\n`);
  process.stdout.write(`   ${reviewed.size} à vérifier par un testeur, comptés à part\n`);
  const passed = scenarios['conforme'] ?? 0;
  const failed = (scenarios['total'] ?? 0) - passed - reviewed.size + astray.length;
  return { passed, failed: Math.max(failed, code === 0 ? 0 : 1), skipped: 0 };
}

type SelftestDocument = Pick<
  SelftestReport,
  'faults' | 'baseline' | 'uncovered' | 'unproven' | 'stale' | 'interrupted' | 'durationMs'
>;

/** One fault, one test; each thing that the proof lacks beside is a failure of its own. */
function selftestTally({ faults, durationMs, ...report }: SelftestDocument): Tally {
  const bad = faults.filter(({ caught, collateral }) => !caught || collateral.length > 0);
  const lines = [
    ...bad.map(
      ({ name, missing, collateral, misjudged, reasons }) =>
        `${name} : restés verts [${missing.join(', ')}], imputés ailleurs [${misjudged.join(', ')}], rougis en plus [${collateral.map((id) => `${id} : ${reasons[id] ?? ''}`).join(' ; ')}]`,
    ),
    ...report.baseline.red.map((id) => `${id} est rouge sans aucune faute`),
    ...report.uncovered.map((rule) => `${rule} : aucune faute n'enfreint cette règle`),
    ...report.unproven.map((rule) => `${rule} : aucune exécution n'a fait constater cette règle`),
    ...report.stale,
    ...(report.interrupted ? ['interrompu'] : []),
  ];
  for (const line of lines) process.stdout.write(`   en échec : ${line}\n`);
  process.stdout.write(`   ${faults.length} fautes en ${Math.round(durationMs / 1000)} s\n`);
  return { passed: faults.length - bad.length, failed: lines.length, skipped: 0 };
}

const gates: readonly Gate[] = [
  { title: 'Mise en forme', args: [tool('oxfmt/bin/oxfmt'), '--check', '.'] },
  { title: 'Règles et frontières d’import', args: [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { title: 'Types', args: [tool('typescript/bin/tsc')] },
  { title: 'Tests unitaires', args: vitest('unit'), tally: () => vitestTally('unit') },
  {
    title: 'Fonctionnalités contre le SGL de référence',
    args: ['bin/jalon', 'run', '--json', '--data', join(work, 'donnees')],
    capture: true,
    tally: featureTally,
  },
  {
    title: 'Autotest : chaque faute du SGL de référence est attrapée, et elle seule',
    // Every fault on every scenario that it can change takes a quarter of an hour and more: here the most telling of
    // those that it must turn red, and one of the others; « jalon selftest » without --sample plays them all.
    args: ['bin/jalon', 'selftest', '--json', '--sample', '1', '--data', join(work, 'autotest')],
    capture: true,
    tally: (output) => selftestTally(JSON.parse(output) as SelftestDocument),
  },
  {
    title: 'Pages dans un vrai navigateur',
    args: vitest('browser', '--config', 'vitest.browser.config.ts'),
    tally: () => vitestTally('browser'),
  },
];

function run(gate: Gate): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, gate.args, {
      cwd: ROOT,
      stdio: ['ignore', gate.capture ? 'pipe' : 'inherit', 'inherit'],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function count(gate: Gate, code: number, output: string): Promise<Tally> {
  if (!gate.tally) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  try {
    const tally = await gate.tally(output, code);
    // A tool that ends badly after green tests (a leak, an unhandled rejection) is a failure all the same.
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch (error) {
    process.stdout.write(`${gate.title} : résultat illisible (${(error as Error).message})\n${output}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const gate of gates) {
  process.stdout.write(`\n── ${gate.title}\n`);
  const { code, output } = await run(gate);
  const tally = await count(gate, code, output);
  process.stdout.write(`   ${tally.passed} réussis, ${tally.failed} en échec, ${tally.skipped} passés\n`);
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}
rmSync(work, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
