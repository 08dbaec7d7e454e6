import type { Rule } from '#dsr/verdict/index.ts';
import { chooseOf, keptExpected, waitsForScenario, type ScenarioPlace } from './choose.ts';
import { readExpectations, type Expectations } from './expectations.ts';
import { SelftestError, UnknownFault } from './errors.ts';
import { readFileProofs, staleProofs } from './file-proofs.ts';
import { isRed } from './judge.ts';
import { knownFaults, mainSection } from './known-faults.ts';
import { planWaves } from './plan-waves.ts';
import { isUnder } from './paths.ts';
import { playPasses, type Played } from './passes.ts';
import { openPool, type PoolOptions } from './pool.ts';
import { proveRules } from './proof-of-rules.ts';
import { everyRule } from './rule-tables.ts';
import type { ExpectedFault, FaultOutcome, Reach, SelftestReport } from './types.ts';

export interface SelftestOptions extends PoolOptions {
  /** Section of the REM, e.g. `INS`; all of them when absent. */
  readonly section?: string;
  /** Only these faults; then nothing is said of the rules that no fault breaks. */
  readonly faults: readonly string[];
  /** Only the scenarios under these paths (see `isUnder`): nothing is said of the others. */
  readonly paths?: readonly string[];
  /** `touched` when absent. */
  readonly reach?: Reach;
  /** Short: the most telling of the expected scenarios of a fault, and at most so many others, always the same. */
  readonly sample?: number;
  readonly progress: SelftestProgress;
  /** The reviewed table when absent. */
  readonly expectations?: Expectations;
}

export interface SelftestProgress {
  phase(sentence: string): void;
  /** The end of the pass of a fault. */
  played(name: string, done: number, total: number, outcome: FaultOutcome | undefined): void;
}

/**
 * Plays the suite against the reference SGL with each of its faults, and without: every fault must turn its expected
 * scenarios red and no other, every rule must have a fault that breaks it (DESIGN §5.6).
 *
 * @throws {UnknownFault}, {SelftestError} `SECTION_SANS_FAUTE` for what the user typed; others when a pass could not be
 * played. {SuiteError} when the features are wrong
 */
export async function selftest(options: SelftestOptions): Promise<SelftestReport> {
  const started = performance.now();
  const { progress, section } = options;
  progress.phase('Lecture des fautes, des règles et des fonctionnalités');
  const expectations = options.expectations ?? readExpectations();
  const [every, rules, waves] = await Promise.all([knownFaults(expectations), everyRule(), planWaves()]);
  const whole = waves.flatMap(({ scenarios }) =>
    scenarios.map(({ id, tags }) => ({ id, requirements: tags.requirements })),
  );
  const under = (id: string): boolean => options.paths?.some((path) => isUnder(path, id)) ?? true;
  const suite = whole.filter(({ id }) => under(id));
  const known = every.map((fault) => ({
    ...fault,
    expected: fault.expected.filter(under),
    warnings: fault.warnings.filter(under),
  }));
  const choice = chooseOf(section, known, suite, rules);
  const complete = section === undefined ? expectations.complete : [section];
  const waiting = options.faults.length === 0 ? choice.faults.filter((fault) => waitsForScenario(fault, complete)) : [];
  const faults =
    options.faults.length === 0
      ? choice.faults.filter((fault) => !waiting.includes(fault))
      : named(options.faults, known);
  if (faults.length === 0) throw noFault(section, known, rules, suite);
  const isPending = (id: string): boolean => expectations.pending?.some((path) => isUnder(path, id)) === true;
  const learning = options.faults.length > 0;
  const chosen = learning ? choice.scenarios : choice.scenarios.filter((id) => !isPending(id));
  const pool = openPool(options);
  let played: Played;
  try {
    played = await playPasses(pool, {
      faults,
      chosen,
      suite,
      jobs: options.jobs,
      reach: options.reach ?? 'touched',
      ...(options.sample === undefined ? {} : { sample: options.sample }),
      kept: (fault) => (options.sample === undefined ? fault.expected : keptExpected(fault, suite, rules)),
      phase: (sentence) => progress.phase(sentence),
      onPlayed: (name, done, total, outcome) => progress.played(name, done, total, outcome),
    });
  } finally {
    await pool.close();
  }
  const { baseline, outcomes } = played;
  const proofs = readFileProofs();
  const byFile = new Set(proofs.map(({ rule }) => rule));
  const proved = learning ? [] : complete;
  return {
    ...(section === undefined ? {} : { section }),
    reach: options.reach ?? 'touched',
    ...(options.sample === undefined ? {} : { sample: options.sample }),
    baseline: {
      scenarios: baseline?.scenarios.length ?? 0,
      red: (baseline?.scenarios ?? []).filter(isRed).map(({ id }) => id),
    },
    faults: outcomes,
    ...proveRules(rules, proved, new Set(known.flatMap((fault) => fault.rules)), outcomes, byFile),
    waiting: waiting.map(({ name }) => name),
    pending: choice.scenarios.length - chosen.length,
    stale: [...staleEntries(expectations, every, whole, rules), ...staleProofs(proofs, rules, known)],
    interrupted: outcomes.length < faults.length,
    jobs: options.jobs,
    durationMs: Math.round(performance.now() - started),
  };
}

/** What the reviewed table still says and that is no more: it would prove nothing without anybody knowing. */
function staleEntries(
  expectations: Expectations,
  known: readonly ExpectedFault[],
  suite: readonly ScenarioPlace[],
  rules: readonly Rule[],
): readonly string[] {
  const names = new Set(known.map(({ name }) => name));
  const scenarios = new Set(suite.map(({ id }) => id));
  const ruleIds = new Set(rules.map(({ id }) => id));
  return [
    ...[...new Set([...Object.keys(expectations.faults), ...Object.keys(expectations.warnings)])]
      .filter((name) => !names.has(name))
      .map((name) => `${name} : le SGL de référence n'a pas cette faute`),
    ...known.flatMap((fault) => [
      ...[...fault.expected, ...fault.warnings]
        .filter((id) => !scenarios.has(id))
        .map((id) => `${fault.name} : la suite n'a pas le scénario ${id}`),
      ...fault.rules
        .filter((rule) => !ruleIds.has(rule))
        .map((rule) => `${fault.name} : aucun contrôle n'a la règle ${rule}`),
    ]),
    ...(expectations.pending ?? [])
      .filter((path) => !suite.some(({ id }) => isUnder(path, id)))
      .map((path) => `en attente : la suite n’a rien sous ${path}`),
  ];
}

function named(wanted: readonly string[], known: readonly ExpectedFault[]): readonly ExpectedFault[] {
  const byName = new Map(known.map((fault) => [fault.name, fault]));
  const unknown = wanted.filter((name) => !byName.has(name));
  if (unknown.length > 0) throw new UnknownFault(unknown, [...byName.keys()]);
  return [...new Set(wanted)].flatMap((name) => byName.get(name) ?? []);
}

function noFault(
  section: string | undefined,
  known: readonly ExpectedFault[],
  rules: readonly Rule[],
  suite: readonly ScenarioPlace[],
): SelftestError {
  const sections = new Set(known.map((fault) => mainSection(fault, rules, suite) ?? 'autres'));
  return new SelftestError(
    'SECTION_SANS_FAUTE',
    section === undefined
      ? 'Le SGL de référence ne connaît aucune faute.'
      : `Aucune faute du SGL de référence ne touche la section ${section}.`,
    `Sections connues : ${[...sections].join(', ')}.`,
  );
}
