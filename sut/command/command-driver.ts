import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDriver, SutError, type SutDriver, type Transport, type TransportAnswer } from '../driver/index.ts';

export interface CommandDriverOptions {
  /** Executable of the vendor; a `.js`, `.mjs` or `.ts` file is run by the Node that runs the bench. */
  readonly path: string;
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** How long output may still arrive after the program ended, when a child of its own keeps the pipe open. */
const LINGER_MS = 500;
const SCRIPT = /\.(m?js|ts)$/;

/**
 * Drives a product through an executable: it is started once per gesture, with the gesture name as only argument and
 * `{"gesture","input"}` as JSON on standard input; it answers on standard output with
 * `{"outcome":"done","output":{…}}`, `{"outcome":"unsupported","reason"}` or
 * `{"outcome":"failed","code","reason","remedy"}`. Standard error is the vendor's own log.
 *
 * @throws {SutError} `SUT_NO_COMMAND` when there is no such file
 */
export function createCommandDriver(options: CommandDriverOptions): SutDriver {
  const path = resolve(options.path);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new SutError(
      'SUT_NO_COMMAND',
      `Le programme de pilotage « ${options.path} » n'existe pas.`,
      'Donnez le chemin d’un exécutable : --sut command:CHEMIN.',
    );
  }
  const timeoutMs = options.timeoutMs ?? 60_000;
  const transport: Transport = {
    label: `command:${options.path}`,
    call: (gesture, input) => runOnce(path, gesture, input, timeoutMs),
    identity: () => runOnce(path, 'identity', {}, timeoutMs),
    close: () => Promise.resolve(),
  };
  return createDriver(transport);
}

/** Always settles: at the latest when the time is over, whatever the program or its children do. */
function runOnce(path: string, gesture: string, input: unknown, timeoutMs: number): Promise<TransportAnswer> {
  return new Promise((settle) => {
    const [program, args] = SCRIPT.test(path) ? [process.execPath, [path, gesture]] : [path, [gesture]];
    // A group of its own: what it starts (a shell that calls java) must end with it when it is stopped.
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: GROUPS, windowsHide: true });
    const output: Buffer[] = [];
    let size = 0;
    let lastErrorLine = '';
    let stopped: 'late' | 'too-large' | undefined;
    let lingering: NodeJS.Timeout | undefined;
    const end = (answer: TransportAnswer): void => {
      clearTimeout(timer);
      clearTimeout(lingering);
      child.stdout.destroy();
      child.stderr.destroy();
      child.stdin.destroy();
      settle(answer);
    };
    const stop = (why: 'late' | 'too-large'): void => {
      stopped = why;
      killAll(child);
      end(stoppedAnswer(why, gesture, timeoutMs));
    };
    const timer = setTimeout(() => stop('late'), timeoutMs);
    const conclude = (code: number | null, signal: string | null): void => {
      if (stopped) return;
      end(interpret(Buffer.concat(output).toString('utf8'), code, signal, gesture, lastErrorLine));
    };
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_OUTPUT_BYTES) stop('too-large');
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      lastErrorLine = chunk.toString('utf8').trim().split('\n').at(-1) ?? lastErrorLine;
    });
    child.on('error', (error) =>
      end({
        kind: 'failed',
        code: 'SUT_UNREACHABLE',
        reason: `Le programme de pilotage ne démarre pas : ${error.message}.`,
        remedy: 'Vérifiez que le fichier existe, qu’il est exécutable et que sa première ligne nomme son interpréteur.',
      }),
    );
    // A program that does not read its input closes the pipe early: its answer, not this error, tells the story.
    child.stdin.on('error', () => {});
    child.on('close', conclude);
    // A server left running in the background holds the pipe open: the answer is what was written before the end.
    child.on('exit', (code, signal) => {
      lingering = setTimeout(() => conclude(code, signal), LINGER_MS);
    });
    child.stdin.end(JSON.stringify({ gesture, input }));
  });
}

/** Windows has no process groups. */
const GROUPS = process.platform !== 'win32';

function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(GROUPS ? -child.pid : child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

function stoppedAnswer(why: 'late' | 'too-large', gesture: string, timeoutMs: number): TransportAnswer {
  return why === 'late'
    ? {
        kind: 'failed',
        code: 'SUT_TIMEOUT',
        reason: `Le programme de pilotage n'a pas fini le geste ${gesture} en ${timeoutMs / 1000} s ; il a été arrêté.`,
        remedy: 'Vérifiez que le geste se termine, ou allongez le délai avec --gesture-timeout.',
      }
    : {
        kind: 'failed',
        code: 'SUT_BAD_ANSWER',
        reason: `Le programme de pilotage a écrit plus de ${MAX_OUTPUT_BYTES / 1024 / 1024} Mio au geste ${gesture} ; il a été arrêté.`,
        remedy: 'Sa sortie standard ne porte que la réponse JSON ; ses traces vont sur la sortie d’erreur.',
      };
}

function interpret(
  text: string,
  code: number | null,
  signal: string | null,
  gesture: string,
  errorLine: string,
): TransportAnswer {
  if (signal) {
    return {
      kind: 'failed',
      code: 'SUT_BAD_ANSWER',
      reason: `Le programme de pilotage a été tué pendant le geste ${gesture} (signal ${signal})${errorLine ? ` : ${errorLine.slice(0, 200)}` : '.'}`,
      remedy: 'Consultez ses traces et celles du système (mémoire, plantage).',
    };
  }
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  const said = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  const word = (key: string): string => (typeof said[key] === 'string' ? said[key] : '');
  switch (said['outcome']) {
    case 'done':
      return { kind: 'done', output: said['output'] ?? {} };
    case 'refused':
      return { kind: 'refused', message: word('message') };
    case 'unsupported':
      return { kind: 'unsupported', reason: word('reason') || `Le programme ne sait pas faire ${gesture}.` };
    case 'failed':
      return { kind: 'failed', code: word('code') || 'SUT_FAILED', reason: word('reason'), remedy: word('remedy') };
    default:
      return {
        kind: 'failed',
        code: 'SUT_BAD_ANSWER',
        reason: `Le programme de pilotage n'a pas répondu au geste ${gesture} par le JSON attendu (code de sortie ${code ?? '?'})${errorLine ? ` : ${errorLine.slice(0, 200)}` : '.'}`,
        remedy:
          'Il doit écrire {"outcome":"done","output":{…}} sur sa sortie standard, et ses traces sur la sortie d’erreur.',
      };
  }
}
