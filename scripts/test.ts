/**
 * Everything that must hold, in one command: format, lint with import boundaries, types, unit tests, the features
 * against the reference SGL, the pages in a real browser. Goes on after a failure, so that one run tells everything,
 * and ends with one line that counts over all of them.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  readonly tally?: (output: string, code: number) => Tally;
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

const gates: readonly Gate[] = [
  { title: 'Mise en forme', args: [tool('oxfmt/bin/oxfmt'), '--check', '.'] },
  { title: 'Règles et frontières d’import', args: [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { title: 'Types', args: [tool('typescript/bin/tsc')] },
  { title: 'Tests unitaires', args: vitest('unit'), tally: () => vitestTally('unit') },
  {
    title: 'Fonctionnalités contre le SGL de référence',
    args: ['bin/jalon', 'run', '--json', '--data', join(work, 'donnees')],
    capture: true,
    tally(output, code) {
      const { scenarios } = JSON.parse(output) as { scenarios: Record<string, number> };
      const passed = scenarios['conforme'] ?? 0;
      const failed = (scenarios['total'] ?? 0) - passed;
      return { passed, failed: Math.max(failed, code === 0 ? 0 : 1), skipped: 0 };
    },
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

function count(gate: Gate, code: number, output: string): Tally {
  if (!gate.tally) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  try {
    const tally = gate.tally(output, code);
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
  const tally = count(gate, code, output);
  process.stdout.write(`   ${tally.passed} réussis, ${tally.failed} en échec, ${tally.skipped} passés\n`);
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}
rmSync(work, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
