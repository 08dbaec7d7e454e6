import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { applicableRequirements, slotsOf } from '#dsr/catalogue/index.ts';
import { checkProfiles, profilesOfRem } from '#dsr/profiles/index.ts';
import { numbersHere, serialiseRem, type Category, type Rem, type Wave } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import { writeReports } from '#reports/index.ts';
import { coverageOf, embeddedCatalogues, readSuite, type SuiteScenario } from '#steps/coverage/index.ts';
import { isOwnProduct, REFERENCE_PROFILES, runSuite } from '#steps/suite/index.ts';
import { EXIT, runExitCode } from '#tracker/domain/index.ts';
import type { RunRecord, SlotStatus } from '#tracker/types.ts';
import type { CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { lastKept } from './kept-rems.ts';
import { refuseUnknownFaults } from './fault-names.ts';
import { loadRem } from './load-rem.ts';
import { createProgress } from './progress.ts';
import { runDocument, runSummary } from './run-summary.ts';
import { stopSignal } from './signals.ts';
import { mockSettings, type MockOptions } from './mock-settings.ts';
import type { ReferenceOptions } from './reference-options.ts';
import { givenReferences } from './run-references.ts';
import { VERSION } from './version.ts';
import { openTrackerOf } from './tracker.ts';

/** Options of `jalon run`, once read. */
export interface RunOptions extends MockOptions, ReferenceOptions {
  readonly category: Category;
  readonly wave: Wave;
  readonly profiles?: readonly string[];
  readonly rem?: string;
  readonly sut: string;
  readonly fault: readonly string[];
  readonly tags?: string;
  readonly shard?: string;
  readonly jobs?: number;
  readonly out?: string;
  readonly portBase?: number;
  readonly gestureTimeout?: number;
  readonly exchangeTimeout?: number;
  readonly requireComplete?: boolean;
}

/** Plays the suite and says what became of it; see `run.ts` for the options. */
export async function run(context: CliContext, options: RunOptions): Promise<number> {
  const { rem } = await loadRem(options.rem, options.category, options.wave, context.dataDir);
  await refuseAbsentSuite(rem);
  const imported = options.rem === undefined ? await lastKept(context.dataDir, rem.category, rem.wave) : undefined;
  const profiles = declaredProfiles(rem, options.profiles);
  if (options.shard !== undefined && !/^[1-9]\d*\/[1-9]\d*$/.test(options.shard)) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `Part invalide : ${options.shard}.`,
      'Écrivez --shard i/n, par exemple 1/2.',
    );
  }
  if ((options.jobs ?? 1) > 1 && !isOwnProduct(options.sut)) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `--jobs ${options.jobs} ne vaut que pour le SGL de référence : le banc en démarre autant qu’il en faut, alors que « ${options.sut} » est un seul produit, qui ne peut être réglé que sur un banc à la fois.`,
      'Retirez --jobs ; pour deux produits installés, lancez deux exécutions avec --shard 1/2 et --shard 2/2, chacune avec son --data.',
    );
  }
  const { mocks, codes } = await mockSettings(options);
  const references = await givenReferences(options);
  refuseDamage(mocks.annuaire?.extraction?.damage);
  // The product would only say that it does not know the name, once everything is started.
  if (options.sut === 'reference' && options.fault.length > 0) await refuseUnknownFaults(options.fault);
  const folder = takeDataFolder(context.dataDir);
  const id = runId(context.now());
  const runDir = resolve(options.out ?? join(folder.path, 'runs', id));
  const progress = createProgress(context);
  const stop = stopSignal(() =>
    progress.note('Interruption demandée : le scénario en cours se termine, ce qui est jugé est gardé.'),
  );
  if (imported !== undefined) {
    progress.note(
      `Le catalogue embarqué sert ; pour suivre la REM importée « ${imported.entry.source} », ajoutez --rem "${imported.path}".`,
    );
  }
  try {
    await mkdir(runDir, { recursive: true });
    await writeWhole(join(runDir, 'rem.json'), serialiseRem(rem));
    const record = await runSuite({
      id,
      rem,
      profiles,
      dataDir: folder.path,
      runDir,
      sut: options.sut,
      faults: options.fault,
      benchVersion: VERSION,
      operator: userInfo().username,
      now: context.now,
      progress,
      stop: stop.signal,
      mocks,
      ...(codes === undefined ? {} : { codes }),
      ...(references === undefined ? {} : { references }),
      ...(options.tags === undefined ? {} : { tags: options.tags }),
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      ...(options.portBase === undefined ? {} : { ports: { base: options.portBase } }),
      ...(options.gestureTimeout === undefined ? {} : { gestureTimeoutMs: options.gestureTimeout }),
      ...(options.exchangeTimeout === undefined ? {} : { exchangeTimeoutMs: options.exchangeTimeout }),
    });
    progress.phase('Enregistrement des statuts et rapport');
    const statuses = await store(folder.path, runDir, record, rem);
    await writeReports({ runDir, run: record, rem, statuses, whyNotPlayed: await whyNotPlayed(rem) });
    progress.end();
    const view = { run: record, rem, profiles, runDir, statuses };
    context.out(context.json ? `${JSON.stringify(runDocument(view))}\n` : runSummary(view));
    return exitCode(record, rem, profiles, statuses, options);
  } finally {
    progress.end();
    stop.release();
    folder.release();
  }
}

/** Why slots are not played, by slot. */
async function whyNotPlayed(rem: Rem): Promise<ReadonlyMap<string, string>> {
  const { slots } = coverageOf(rem, await readSuite());
  return new Map(slots.map(({ id, reason }) => [id, reason]));
}

function declaredProfiles(rem: Rem, declared: readonly string[] | undefined): readonly string[] {
  const list = profilesOfRem(rem);
  if (declared === undefined) {
    return REFERENCE_PROFILES.filter((slug) => list.profiles.some((profile) => profile.slug === slug));
  }
  const [first] = checkProfiles(list, declared);
  if (first) throw new CliError(first.code, EXIT.usage, first.message, first.remedy);
  return declared.includes('general') ? declared : ['general', ...declared];
}

/** Where there is no scenario, that is said before anything starts, and before the profiles are judged. */
async function refuseAbsentSuite(rem: Rem): Promise<void> {
  const suite = await readSuite();
  if (isPlayed(rem, suite)) return;
  const covered = embeddedCatalogues()
    .filter((catalogue) => isPlayed(catalogue.rem, suite))
    .map((catalogue) => `--category ${catalogue.rem.category} --wave ${catalogue.rem.wave}`);
  throw new CliError(
    'SUITE_ABSENTE',
    EXIT.usage,
    `Jalon n'a pas de scénarios pour le couloir ${rem.category} en ${rem.wave}.`,
    `La suite couvre ${covered.join(' et ')} ; « npm run jalon -- rem list --coverage » dit, preuve par preuve, ce qui reste à montrer.`,
  );
}

/** Whether a scenario of the wave answers for a requirement of the REM. */
function isPlayed(rem: Rem, suite: readonly SuiteScenario[]): boolean {
  const known = numbersHere(rem).requirements;
  return suite.some(({ tags }) => tags.waves.includes(rem.wave) && tags.requirements.some((id) => known.has(id)));
}

async function store(dataDir: string, runDir: string, record: RunRecord, rem: Rem): Promise<readonly SlotStatus[]> {
  const tracker = await openTrackerOf(dataDir);
  try {
    return await tracker.recordRun({ run: record, rem, runDir });
  } finally {
    await tracker.close();
  }
}

function exitCode(
  record: RunRecord,
  rem: Rem,
  profiles: readonly string[],
  statuses: readonly SlotStatus[],
  options: RunOptions,
): number {
  const code = runExitCode(record.scenarios, record.lifecycle);
  if (code !== EXIT.ok || !options.requireComplete) return code;
  const states = new Map(statuses.map((status) => [status.slot, status.state]));
  const missing = slotsOf(applicableRequirements(rem, profiles)).some(
    ({ slot }) => (states.get(slot.id) ?? 'vide') === 'vide',
  );
  return missing ? EXIT.proofs : EXIT.ok;
}

/** Sorts by date, readable, unique on one machine. */
function runId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;
}

/** A file that is always damaged would be held against the product: scenarios damage it when they mean to. */
function refuseDamage(damage: string | undefined): void {
  if (damage === undefined) return;
  throw new CliError(
    'EXTRACTION_OPTIONS',
    EXIT.usage,
    `Les réglages de --extraction abîment tous les fichiers (« damage » : ${damage}) : la suite l’imputerait au produit.`,
    'Retirez « damage » pour jalon run ; gardez-le pour jalon mocks.',
  );
}
