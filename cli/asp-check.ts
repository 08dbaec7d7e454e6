import type { Command } from 'commander';
import { verdictOf, type Verdict } from '#dsr/verdict/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { judgeAspFiles } from './check-files/asp.ts';
import { checkedText, type CheckedFile, type Outcome } from './check-files/index.ts';
import type { Action, CliContext } from './context.ts';
import { editionLines, editionsDocument } from './editions.ts';
import { scalesFrom, scalesOption } from './official-data.ts';
import { terminalWidth } from './table.ts';

interface CheckOptions {
  readonly layout?: string;
  readonly scales?: string;
}

/** `jalon asp check`: judges files of requests, with the layout of the vendor when he gives it. */
export function aspCheckCommand(asp: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = asp
    .command('check')
    .description('contrôle des demandes (.json) et leurs zips de pièces')
    .argument('<fichiers...>', 'fichiers .json ou .zip')
    .option('--layout <dossier>', 'disposition officielle : schéma et fichier de correspondance');
  scalesOption(command).action((files: readonly string[], options: CheckOptions, own: Command) =>
    play(own, (context) => check(context, files, options)),
  );
}

async function check(context: CliContext, files: readonly string[], options: CheckOptions): Promise<number> {
  const start = performance.now();
  const scales = await scalesFrom(options.scales);
  const { layout } = options;
  const outcomes = await judgeAspFiles(files, { ...(layout === undefined ? {} : { layout }), scales });
  const durationMs = Math.round((performance.now() - start) / Math.max(1, files.length));
  const checked = outcomes.map((outcome, index): CheckedFile => {
    const { findings } = outcome;
    return { file: files[index] ?? '', kind: 'asp', verdict: concluded(outcome), durationMs, findings };
  });
  const width = terminalWidth();
  context.out(
    context.json
      ? `${JSON.stringify(checked.map((one) => ({ ...one, ...editionsDocument({ scales }) })))}\n`
      : `${checkedText(checked, width)}${editionLines({ scales }, width)
          .map((line) => `${line}\n`)
          .join('')}`,
  );
  for (const code of [EXIT.usage, EXIT.configuration]) {
    if (outcomes.some(({ exitCode }) => exitCode === code)) return code;
  }
  return checked.every(({ verdict }) => verdict === 'conforme' || verdict === 'a-verifier') ? EXIT.ok : EXIT.product;
}

function concluded({ findings, readable, toVerify }: Outcome): Verdict {
  if (!readable) return 'non-verifiable';
  const verdict = verdictOf(findings);
  return verdict === 'conforme' && toVerify === true ? 'a-verifier' : verdict;
}
