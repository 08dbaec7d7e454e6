import type { SingleBar } from 'cli-progress';
import type { SelftestProgress } from '#steps/suite/selftest/index.ts';
import type { CliContext } from './context.ts';
import { startBar } from './progress-bar.ts';

export interface ShownProgress extends SelftestProgress {
  note(sentence: string): void;
  end(): void;
}

/** On standard error: a bar on a terminal, one line per pass elsewhere, beside a JSON document too. */
export function createSelftestProgress(context: CliContext): ShownProgress {
  const onTerminal = process.stderr.isTTY && !context.json;
  let bar: SingleBar | undefined;
  const end = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    phase(sentence) {
      if (bar === undefined) context.err(`${sentence}…\n`);
    },
    played(name, done, total, outcome) {
      if (!onTerminal) {
        context.err(`  ${done}/${total} ${name}${outcome === undefined ? '' : ` : ${saidOf(outcome)}`}\n`);
        return;
      }
      bar ??= startBar(total, 0, '');
      bar.update(done, { what: name });
    },
    note(sentence) {
      end();
      context.err(`${sentence}\n`);
    },
    end,
  };
}

function saidOf({ caught, collateral }: { readonly caught: boolean; readonly collateral: readonly string[] }): string {
  if (!caught) return 'pas attrapée comme attendu';
  return collateral.length === 0 ? 'attrapée' : `attrapée, ${collateral.length} scénario(s) rougi(s) en plus`;
}
