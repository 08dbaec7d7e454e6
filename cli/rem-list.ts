import type { Command } from 'commander';
import type { Category, Wave } from '#dsr/rem/index.ts';
import type { Action, CliContext } from './context.ts';
import { loadRem } from './load-rem.ts';
import { collectList, parseCategory, parseWave } from './options.ts';
import { parseClass, parseNature, requirementFilter, type RemFilter } from './rem-list-filter.ts';
import { requirementDocument, requirementText } from './requirement-list.ts';
import { terminalWidth } from './table.ts';

interface ListOptions extends RemFilter {
  readonly category: Category;
  readonly wave: Wave;
  readonly rem?: string;
  readonly coverage?: boolean;
  readonly verbose?: boolean;
}

/** `jalon rem list`: the requirements of a REM, or what the suite covers of it. */
export function remListCommand(rem: Command, play: (command: Command, action: Action) => Promise<void>): void {
  rem
    .command('list')
    .description('liste les exigences d’une REM, ou dit ce que la suite en couvre')
    .option('--coverage', 'par section et par preuve : ce que la suite joue, et pourquoi le reste ne l’est pas')
    .option('--category <couloir>', 'couloir', parseCategory, 'SGL' as Category)
    .option('--wave <vague>', 'vague', parseWave, 'va1' as Wave)
    .option('--rem <fichier>', 'classeur REM ou REM gardée (par défaut : le catalogue embarqué)')
    .option('--section <ids>', 'sections, p. ex. INS,DMP', collected)
    .option('--profile <noms>', 'profils', collected)
    .option('--nature <nature>', 'DOIT ou PEUT', parseNature)
    .option('--class <classe>', 'classe de preuve : bench, rehearsal ou human', parseClass)
    .option('--text <mots>', 'mots cherchés dans les numéros, les intitulés et les textes')
    .option('--verbose', 'avec --coverage : la raison de chaque preuve')
    .action((options: ListOptions, command: Command) => play(command, (context) => list(context, options)));
}

function collected(value: string, previous: readonly string[] | undefined): readonly string[] {
  return collectList(value, previous ?? []);
}

async function list(context: CliContext, options: ListOptions): Promise<number> {
  const { rem, messages } = await loadRem(options.rem, options.category, options.wave, context.dataDir);
  const errors = messages.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) {
    context.err(
      `${errors} erreur(s) dans ce classeur : « npm run jalon -- rem import » les détaille ; les lignes saines sont listées.\n`,
    );
  }
  const only = requirementFilter(rem, options);
  if (options.coverage === true) {
    // The reader of features is heavy to load: a plain list must not wait for it.
    const { coverageOf, readSuite } = await import('#steps/coverage/index.ts');
    const suite = await readSuite();
    const coverage = coverageOf(rem, suite, { only, ...(options.class ? { classes: [options.class] } : {}) });
    if (context.json) {
      context.out(`${JSON.stringify({ ...coverage, scenarios: suite.length })}\n`);
      return 0;
    }
    const { coverageText } = await import('./coverage-text.ts');
    context.out(
      coverageText(coverage, {
        width: terminalWidth(),
        verbose: options.verbose === true,
        scenarios: suite.length,
      }),
    );
    return 0;
  }
  const requirements = rem.requirements.filter(only);
  context.out(
    context.json
      ? `${JSON.stringify(requirementDocument(rem, requirements, options.class))}\n`
      : requirementText(rem, requirements, terminalWidth(), options.class),
  );
  return 0;
}
