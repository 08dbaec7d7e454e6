import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  listFaults,
  passed,
  selftest,
  SelftestError,
  UnknownFault,
  type SelftestReport,
} from '#steps/suite/selftest/index.ts';
import { readSuite } from '#steps/coverage/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { refuseUnknownFaults } from './fault-names.ts';
import { createSelftestProgress } from './selftest-progress.ts';
import { faultList, selftestDocument, selftestSummary } from './selftest-text.ts';
import { stopSignal } from './signals.ts';
import { terminalWidth } from './table.ts';

/** Options of `jalon selftest`, once read. */
export interface SelftestCommandOptions {
  readonly section?: string;
  readonly fault: readonly string[];
  readonly exhaustive?: boolean;
  readonly sample?: number;
  readonly jobs?: number;
  readonly exchangeTimeout?: number;
  readonly list?: boolean;
}

/** More passes at once would need more memory than a laptop has to spare. */
const MOST_JOBS = 4;
/** The reference SGL is quick: a call that did not come by then does not come. */
const EXCHANGE_TIMEOUT_MS = 3_000;

/** @returns 0 when everything is proved, 1 when not, 4 when it was interrupted */
export async function runSelftest(context: CliContext, options: SelftestCommandOptions): Promise<number> {
  const folder = takeDataFolder(context.dataDir);
  const progress = createSelftestProgress(context);
  const stop = stopSignal(() => progress.note('Interruption demandée : ce qui est joué est gardé.'));
  try {
    const report = await played(options, {
      dataDir: join(folder.path, 'autotest'),
      // Bench and product take turns, and wait for what does not come: one more than there are cores fills the gaps.
      jobs: options.jobs ?? Math.min(MOST_JOBS, 2 * availableParallelism()),
      reach: options.exhaustive === true ? 'all' : 'touched',
      ...(options.sample === undefined ? {} : { sample: options.sample }),
      exchangeTimeoutMs: options.exchangeTimeout ?? EXCHANGE_TIMEOUT_MS,
      stop: stop.signal,
      progress,
    });
    progress.end();
    context.out(
      context.json
        ? `${JSON.stringify(selftestDocument(report))}\n`
        : selftestSummary(report, terminalWidth(), context.debug),
    );
    if (report.interrupted) return EXIT.bench;
    return passed(report) ? EXIT.ok : EXIT.product;
  } finally {
    progress.end();
    stop.release();
    folder.release();
  }
}

async function played(
  options: SelftestCommandOptions,
  settings: Omit<Parameters<typeof selftest>[0], 'section' | 'faults'>,
): Promise<SelftestReport> {
  try {
    return await selftest({
      ...settings,
      faults: options.fault,
      ...(options.section === undefined ? {} : { section: options.section.toUpperCase() }),
    });
  } catch (error) {
    if (error instanceof UnknownFault) await refuseUnknownFaults(error.unknown);
    if (error instanceof SelftestError && error.code === 'SECTION_SANS_FAUTE')
      throw new CliError(error.code, EXIT.usage, error.message, error.remedy, { cause: error });
    throw error;
  }
}

/**
 * What may be given to `--fault`, of `run` as of `selftest`.
 *
 * @throws {CliError} `SECTION_SANS_FAUTE`
 */
export async function listFaultsOf(context: CliContext, { section }: SelftestCommandOptions): Promise<number> {
  const suite = await readSuite();
  const all = await listFaults(suite.map(({ id, tags }) => ({ id, requirements: tags.requirements })));
  const faults = all.filter((fault) => section === undefined || fault.section.toUpperCase() === section.toUpperCase());
  if (faults.length === 0) {
    throw new CliError(
      'SECTION_SANS_FAUTE',
      EXIT.usage,
      `Aucune faute du SGL de référence ne touche la section ${section ?? ''}.`,
      `Sections connues : ${[...new Set(all.map((fault) => fault.section))].join(', ')}.`,
    );
  }
  context.out(context.json ? `${JSON.stringify({ faults })}\n` : faultList(faults, terminalWidth()));
  return EXIT.ok;
}
