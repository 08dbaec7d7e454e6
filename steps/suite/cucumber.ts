import { runCucumber, type IRunOptions, type ISupportCodeLibrary } from '@cucumber/cucumber/api';
import { fileURLToPath } from 'node:url';
import { Writable } from 'node:stream';

/** The repository root: features and steps are found from here wherever the command was typed. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type OnMessage = NonNullable<Parameters<typeof runCucumber>[2]>;
export type Envelope = Parameters<OnMessage>[0];
export type Pickle = NonNullable<Envelope['pickle']>;

/** Step definitions once loaded: modules are evaluated once per process, so a later run must be handed the first's. */
let loaded: ISupportCodeLibrary | undefined;

export interface CucumberOptions {
  readonly tags: string;
  /** Feature files or folders, relative to the repository. */
  readonly paths?: readonly string[];
  readonly shard?: string;
  readonly dryRun: boolean;
  /** `none` reads the features without loading one step definition: only with `dryRun`. */
  readonly steps?: 'all' | 'none';
  /** Cucumber formats written to files, e.g. `{ '/…/messages.ndjson': 'message' }`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly onMessage: OnMessage;
  /** What cucumber writes on its own output: kept for `--debug`, never mixed with ours. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs cucumber in this process, in series: scenarios are short, and worker processes cost more than they give
 * (toolchain measurements); `--shard` splits a long suite over processes instead.
 */
export async function cucumber(options: CucumberOptions): Promise<void> {
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      options.onOutput?.(chunk.toString('utf8'));
      done();
    },
  });
  const withSteps = options.steps !== 'none';
  const known = withSteps ? loaded : undefined;
  const run: IRunOptions = {
    sources: {
      defaultDialect: 'fr',
      paths: [...(options.paths ?? ['features/**/*.feature'])],
      names: [],
      tagExpression: options.tags,
      order: 'defined',
      ...(options.shard === undefined ? {} : { shard: options.shard }),
    },
    support: known ?? {
      requireModules: [],
      requirePaths: [],
      importPaths: withSteps ? ['steps/hooks.ts', 'steps/*.steps.ts'] : [],
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
  if (withSteps) loaded = support;
}
