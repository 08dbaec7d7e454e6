import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDriver, SutError, type SutDriver, type Transport, type TransportAnswer } from '../driver/index.ts';

export interface CommandDriverOptions {
  /** Executable of the vendor; a `.js`, `.mjs` or `.ts` file is run by the Node that runs the bench. */
  readonly path: string;
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
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

function runOnce(path: string, gesture: string, input: unknown, timeoutMs: number): Promise<TransportAnswer> {
  return new Promise((settle) => {
    const [program, args] = SCRIPT.test(path) ? [process.execPath, [path, gesture]] : [path, [gesture]];
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: timeoutMs, windowsHide: true });
    const output: Buffer[] = [];
    let size = 0;
    let lastErrorLine = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_OUTPUT_BYTES) child.kill();
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      lastErrorLine = chunk.toString('utf8').trim().split('\n').at(-1) ?? lastErrorLine;
    });
    child.on('error', (error) =>
      settle({
        kind: 'failed',
        code: 'SUT_UNREACHABLE',
        reason: `Le programme de pilotage ne démarre pas : ${error.message}.`,
        remedy: 'Vérifiez que le fichier est exécutable sur cette machine.',
      }),
    );
    // A program that does not read its input closes the pipe early: its answer, not this error, tells the story.
    child.stdin.on('error', () => {});
    child.on('close', (code, signal) =>
      settle(interpret(Buffer.concat(output).toString('utf8'), code, signal, gesture, lastErrorLine)),
    );
    child.stdin.end(JSON.stringify({ gesture, input }));
  });
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
      code: 'SUT_TIMEOUT',
      reason: `Le programme de pilotage n'a pas fini le geste ${gesture} à temps (signal ${signal}).`,
      remedy: 'Vérifiez que le geste se termine, ou allongez le délai avec --gesture-timeout.',
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
