import { runCucumber, type IRunOptions, type ISupportCodeLibrary } from '@cucumber/cucumber/api';
import { fileURLToPath } from 'node:url';
import { Writable } from 'node:stream';

/** The repository root: features and steps are found from here wherever the command was typed. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type OnMessage = NonNullable<Parameters<typeof runCucumber>[2]>;
export type Envelope = Parameters<OnMessage>[0];
export type Pickle = NonNullable<Envelope['pickle']>;

/** Step definitions once loaded: modules are evaluated once per process, so a later run must be handed the first's. */
const loaded = new Map<Support, ISupportCodeLibrary>();

/** Files of step definitions: those of the suite, or one that answers to any sentence, of who only reads the features. */
const SUPPORT = {
  all: ['steps/hooks.ts', 'steps/*.steps.ts'],
  // Without any definition, cucumber would write a suggestion for each sentence: longer than the rest of the reading.
  none: ['steps/suite/any-sentence.ts'],
} as const;
type Support = keyof typeof SUPPORT;

export interface CucumberOptions {
  readonly tags: string;
  /** Feature files or folders, relative to the repository. */
  readonly paths?: readonly string[];
  readonly shard?: string;
  readonly dryRun: boolean;
  /** `none` reads the features without loading one step definition: only with `dryRun`. */
  readonly steps?: Support;
  /** Cucumber formats written to files, e.g. `{ '/…/messages.ndjson': 'message' }`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly onMessage: OnMessage;
  /** What cucumber writes on its own output: kept for `--debug`, never mixed with ours. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs cucumber in this process, in series: its own workers cost more than they give (toolchain measurements), and would
 * share one product. `--jobs` has several processes walk the plan, each with a product of its own (`jobs/`).
 */
export async function cucumber(options: CucumberOptions): Promise<void> {
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      options.onOutput?.(chunk.toString('utf8'));
      done();
    },
  });
  const wanted = options.steps ?? 'all';
  const run: IRunOptions = {
    sources: {
      defaultDialect: 'fr',
      paths: [...(options.paths ?? ['features/**/*.feature'])],
      names: [],
      tagExpression: options.tags,
      order: 'defined',
      ...(options.shard === undefined ? {} : { shard: options.shard }),
    },
    support: loaded.get(wanted) ?? {
      requireModules: [],
      requirePaths: [],
      importPaths: [...SUPPORT[wanted]],
      loaders: [],
    },
    runtime: {
      dryRun: options.dryRun,
      failFast: false,
      filterStacktraces: true,
      parallel: 0,
      retry: 0,
      retryTagFilter: '',
      strict: true,
      worldParameters: {},
    },
    formats: { stdout: 'progress', files: { ...options.files }, publish: false, options: { colorsEnabled: false } },
  };
  const { support } = await runCucumber(run, { cwd: ROOT, stdout: output, stderr: output }, options.onMessage);
  loaded.set(wanted, support);
}
