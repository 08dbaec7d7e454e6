import { spawn } from 'node:child_process';
import { readVeraPdfReport, type VeraPdfReport } from '#formats/verapdf/index.ts';

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT = 16 * 1024 * 1024;

export type VeraPdfRun =
  | { readonly outcome: 'report'; readonly report: VeraPdfReport }
  | { readonly outcome: 'absent' }
  /** French: it is installed, and gave no report. */
  | { readonly outcome: 'failed'; readonly reason: string };

export interface VeraPdfOptions {
  readonly command?: string;
  readonly timeoutMs?: number;
}

/**
 * Runs veraPDF, the reference validator of PDF/A, on a file, when it is installed. It is no part of Jalon, and Java: it is
 * stopped at `timeoutMs` (60 s), and what it writes beyond 16 MiB is not read.
 *
 * @param level of conformance of PDF/A-1 to judge by
 */
export async function runVeraPdf(
  file: string,
  level: 'a' | 'b',
  { command = 'verapdf', timeoutMs = TIMEOUT_MS }: VeraPdfOptions = {},
): Promise<VeraPdfRun> {
  const run = await output(command, ['--format', 'xml', '--flavour', `1${level}`, '--', file], timeoutMs);
  if (typeof run === 'string') return { outcome: 'failed', reason: run };
  if (run === undefined) return { outcome: 'absent' };
  const reading = readVeraPdfReport(run);
  return reading.ok ? { outcome: 'report', report: reading } : { outcome: 'failed', reason: reading.fault.message };
}

/** What it wrote; a French sentence when it was stopped, undefined when it is not there. Its exit code says less than its report. */
function output(command: string, args: readonly string[], timeoutMs: number): Promise<Uint8Array | string | undefined> {
  const { PATH, HOME, JAVA_HOME } = process.env;
  const env = Object.fromEntries(Object.entries({ PATH, HOME, JAVA_HOME }).filter(([, value]) => value !== undefined));
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env,
      detached: process.platform !== 'win32',
    });
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (reason: string): void => {
      resolve(reason);
      killTree(child.pid);
    };
    const timer = setTimeout(() => stop(`il n’a pas répondu en ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_OUTPUT) stop('son rapport dépasse 16 Mio');
      else chunks.push(chunk);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(error.code === 'ENOENT' ? undefined : `il ne se lance pas (${error.code ?? error.message})`);
    });
    child.once('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    });
  });
}

/** The command is a script that starts Java: both are stopped. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
