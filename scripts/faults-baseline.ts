/**
 * Writes the expected scenarios of `steps/suite/faults.json` again, from what each fault of the reference SGL turns red
 * today, and says what changed: for a review. The selftest refuses any difference with that file.
 *
 *   npm exec -- node scripts/faults-baseline.ts [fault…] [--section INS] [--only dmp/]… [--jobs N]
 *
 * With `--only`, scenarios under other paths are not played and what the table says of them stays: for new scenarios.
 * What each fault teaches is written at once: a run that is cut keeps it, and says which faults are left.
 *
 * Scenarios that answer for none of the requirements of the rules that the fault breaks are marked: a fault that reddens
 * them may do more than its title says.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSuite } from '#steps/coverage/index.ts';
import {
  EXPECTATIONS_FILE,
  everyRule,
  isUnder,
  listFaults,
  readExpectations,
  selftest,
  type FaultOutcome,
} from '#steps/suite/selftest/index.ts';

const FORMAT = fileURLToPath(new URL('../node_modules/oxfmt/bin/oxfmt', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { section: { type: 'string' }, jobs: { type: 'string' }, only: { type: 'string', multiple: true } },
});
const { only } = values;
const elsewhere = (id: string): boolean => only !== undefined && !only.some((path) => isUnder(path, id));
const dataDir = mkdtempSync(join(tmpdir(), 'jalon-fautes-'));
// A fault that no scenario shows yet is played too: this is how the first one is found.
const all = values.section === undefined && positionals.length === 0;
const faultNames = all ? (await listFaults()).map(({ name }) => name) : positionals;

const suite = await readSuite();
const empty = (only ?? []).filter((path) => !suite.some(({ id }) => isUnder(path, id)));
if (empty.length > 0) {
  process.stderr.write(
    `--only ne désigne aucun scénario : ${empty.join(', ')} (un dossier finit par « / », p. ex. mss/).\n`,
  );
  process.exit(2);
}
const requirements = new Map(suite.map(({ id, tags }) => [id, tags.requirements]));
const rules = new Map((await everyRule()).map((rule) => [rule.id, rule.requirements]));
const expectations = readExpectations();
const faults: Record<string, readonly string[]> = { ...expectations.faults };
const warnings: Record<string, readonly string[]> = { ...expectations.warnings };
const lines: string[] = [];
const left = new Set(faultNames);

try {
  const report = await selftest({
    ...(values.section === undefined ? {} : { section: values.section }),
    faults: faultNames,
    ...(only === undefined ? {} : { paths: only }),
    jobs: Number(values.jobs ?? 2 * availableParallelism()),
    dataDir,
    exchangeTimeoutMs: 3_000,
    stop: new AbortController().signal,
    progress: {
      phase: (sentence) => process.stderr.write(`${sentence}…\n`),
      played: (name, done, total, outcome) => {
        process.stderr.write(`  ${done}/${total} ${name}\n`);
        left.delete(name);
        if (outcome) learn(outcome);
      },
    },
  });
  for (const id of report.baseline.red) lines.push(`! ${id} est rouge sans faute : rien n'est prouvé sur lui`);
  if (all) forgetUnknown(new Set(report.faults.map(({ name }) => name)));
} catch (error) {
  lines.push(`! interrompu : ${error instanceof Error ? error.message : String(error)}`);
  if (left.size > 0) lines.push(`! fautes restantes : ${[...left].join(' ')}`);
  process.exitCode = 4;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
save();
// The file is held to the format of the repository like any other.
execFileSync(process.execPath, [FORMAT, EXPECTATIONS_FILE]);
process.stdout.write(`${lines.length > 0 ? lines.join('\n') : 'Aucun changement.'}\n`);

function learn(fault: FaultOutcome): void {
  const kept = (table: Readonly<Record<string, readonly string[]>>): readonly string[] =>
    (table[fault.name] ?? []).filter(elsewhere);
  const red = [...kept(expectations.faults), ...fault.caughtBy, ...fault.collateral].toSorted();
  // Rules that warn as well as break keep their proof in the red scenarios; the others need one that warns.
  const onlyWarn = Object.entries(fault.warned).filter(([rule]) => !fault.rulesBroken.includes(rule));
  const shown = kept(expectations.warnings);
  // A warning that shows the rule elsewhere is enough.
  const warned = shown.length > 0 ? shown : [...new Set(onlyWarn.flatMap(([, [first = []]]) => first))].toSorted();
  if (warned.length > 0) warnings[fault.name] = warned;
  else delete warnings[fault.name];
  // A pass over a section only says nothing of the scenarios that it did not play: those it knew of were all played.
  if (red.length + warned.length > 0) faults[fault.name] = red;
  else delete faults[fault.name];
  save();
  const mark = (id: string): string => (answersFor(fault, id) ? id : `${id} (à relire : aucune de ses règles)`);
  const gone = [...fault.missing, ...fault.warningsMissing].map((id) => `  - ${id}`);
  const come = fault.collateral.map((id) => `  + ${mark(id)} : ${(fault.reasons[id] ?? '').split('\n')[0] ?? ''}`);
  const wrong = fault.misjudged.map((id) => `  ! ${id} est imputé au banc : à corriger, jamais à attendre`);
  const none = red.length + warned.length === 0 ? ['  ! aucun scénario ne l’attrape'] : [];
  const unseen = (only === undefined ? fault.rulesMissing : []).map((rule) => `  ! règle jamais constatée : ${rule}`);
  const said = [...gone, ...come, ...wrong, ...none, ...unseen];
  if (said.length > 0) lines.push(fault.name, ...said);
}

function answersFor({ rules: broken }: FaultOutcome, scenario: string): boolean {
  return broken.some((rule) => rules.get(rule)?.some((id) => requirements.get(scenario)?.includes(id)) === true);
}

function forgetUnknown(known: ReadonlySet<string>): void {
  for (const name of Object.keys(faults).filter((each) => !known.has(each))) {
    delete faults[name];
    delete warnings[name];
    lines.push(`- ${name} : le SGL de référence n'a plus cette faute`);
  }
}

function save(): void {
  writeFileSync(EXPECTATIONS_FILE, `${JSON.stringify({ ...expectations, faults, warnings }, null, 2)}\n`);
}
