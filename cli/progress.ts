import type { SingleBar } from 'cli-progress';
import type { SuiteProgress } from '#steps/suite/index.ts';
import type { CliContext } from './context.ts';
import { startBar } from './progress-bar.ts';

export interface Progress extends SuiteProgress {
  /** One line that must be read, bar or not. */
  note(sentence: string): void;
  end(): void;
}

/**
 * What the user sees while the suite works, on standard error: a bar on a terminal, one line per phase elsewhere
 * (a log file does not like bars).
 */
export function createProgress(context: CliContext): Progress {
  const onTerminal = process.stderr.isTTY && !context.json;
  let total = 0;
  let bar: SingleBar | undefined;
  const draw = (done: number, what: string): void => {
    bar ??= startBar(total, done, what);
    bar.update(done, { what });
  };
  let phase = '';
  let done = 0;
  return {
    phase(sentence) {
      phase = sentence;
      if (onTerminal && total > 0) draw(done, phase);
      else if (!context.json) context.err(`${sentence}…\n`);
    },
    planned(count) {
      total = count;
      if (onTerminal) draw(0, phase);
    },
    scenario(result, count) {
      done = count;
      if (onTerminal) draw(count, result.id);
      else if (!context.json && result.verdict !== 'conforme' && result.cause !== 'interrompu')
        context.err(`  ${result.verdict} : ${result.id}, ${result.name}\n`);
    },
    output(text) {
      context.log.debug(text.trimEnd());
    },
    note(sentence) {
      bar?.stop();
      bar = undefined;
      context.err(`${sentence}\n`);
    },
    end() {
      bar?.stop();
      bar = undefined;
    },
  };
}
