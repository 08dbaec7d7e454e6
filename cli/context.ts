import { pino, type Logger } from 'pino';
import { useDatabase } from './tracker.ts';

/** What every command is given: where to write, and what the user asked for all of them. */
export interface CliContext {
  readonly json: boolean;
  readonly debug: boolean;
  readonly dataDir: string;
  /** For results: the terminal text, or the one JSON document. */
  readonly out: (text: string) => void;
  /** For what is said on the way. */
  readonly err: (text: string) => void;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface GlobalOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
  readonly data: string;
  readonly db?: string;
}

export function createContext(options: GlobalOptions): CliContext {
  const debug = options.debug === true;
  if (options.db !== undefined) useDatabase(options.db);
  return {
    json: options.json === true,
    debug,
    dataDir: options.data,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    // Logs always leave by standard error, so that --json stays one document.
    log: pino({ level: debug ? 'debug' : 'warn', base: null }, pino.destination(2)),
    now: () => new Date(),
  };
}

/** What a command does; its exit code (DESIGN §4.1). */
export type Action = (context: CliContext) => Promise<number>;
