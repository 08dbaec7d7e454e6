import type { Command } from 'commander';
import { readFile, stat } from 'node:fs/promises';
import type { TextTable } from '#formats/table/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';

/** A count is a line; hospitals are a few thousands. */
const MAX_BYTES = 16 * 1024 * 1024;

interface SunesOptions {
  readonly template?: boolean;
  readonly figures?: string;
}

/** `jalon sunes`: indicators, targets and lump sums of SUN-ES from the counts of establishments. */
export function sunesCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  program
    .command('sunes')
    .description('indicateurs, cibles et forfaits SUN-ES d’après les comptes des établissements')
    .argument('[fichier]', 'comptes par établissement, fenêtre et indicateur : .csv ou .xlsx')
    .option('--template', 'écrit un modèle de fichier CSV sur la sortie standard')
    .option('--figures <fichier>', 'cibles et forfaits plus récents (dsr/sun-es/sun-es.schema.json)')
    .action((file: string | undefined, options: SunesOptions, command: Command) =>
      play(command, (context) => sunes(context, file, options)),
    );
}

async function sunes(context: CliContext, file: string | undefined, options: SunesOptions): Promise<number> {
  if (options.template === true && file !== undefined) {
    throw new CliError('USAGE', EXIT.usage, '--template et un fichier ne vont pas ensemble.', 'Gardez l’un des deux.');
  }
  const { computeSunes, loadSunesFigures, readSunesCounts, readSunesFigures, SUNES_COLUMNS, sunesTemplate } =
    await import('#dsr/sun-es/index.ts');
  const { textOf, valueOf } = await import('./official-data.ts');
  const figures =
    options.figures === undefined
      ? loadSunesFigures()
      : valueOf(
          readSunesFigures(await textOf(options.figures), options.figures),
          'SUNES_FIGURES_INVALID',
          options.figures,
          'dsr/sun-es/sun-es.json',
        );
  if (options.template === true) {
    const template = sunesTemplate(figures);
    context.out(context.json ? `${JSON.stringify({ template, columns: SUNES_COLUMNS })}\n` : template);
    return EXIT.ok;
  }
  if (file === undefined) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      'Aucun fichier de comptes donné.',
      'Donnez-en un, ou écrivez le modèle : npm run jalon -- sunes --template.',
    );
  }
  const { tables, notes } = await tablesOf(file);
  // Of a workbook, the first sheet that holds something: the others are notes of the user.
  const table = tables.find(({ rows }) => rows.some(({ cells }) => cells.some((cell) => cell.trim() !== '')));
  const reading = readSunesCounts(table ?? { name: '', rows: [] }, figures);
  const report = computeSunes(reading.counts, figures);
  if (context.json) {
    const { errors, rows } = reading;
    context.out(`${JSON.stringify({ file, ...report, rows, kept: reading.counts.length, errors, notes })}\n`);
  } else {
    const { sunesText } = await import('./sunes-text.ts');
    const { terminalWidth } = await import('./table.ts');
    context.out(sunesText(report, reading, notes, terminalWidth()));
  }
  return reading.errors.length > 0 || reading.counts.length === 0 ? EXIT.usage : EXIT.ok;
}

async function tablesOf(file: string): Promise<{
  readonly tables: readonly TextTable[];
  readonly notes: readonly string[];
}> {
  const found = await stat(file);
  if ((!found.isFile() && !found.isDirectory()) || found.size > MAX_BYTES) {
    throw new CliError(
      'SUNES_UNREADABLE',
      EXIT.usage,
      `« ${file} » n’est pas un fichier de comptes d’une taille vraisemblable.`,
      'Donnez un fichier .csv ou .xlsx, fait sur le modèle.',
    );
  }
  const { readTables } = await import('#formats/table/index.ts');
  const reading = await readTables(await readFile(file));
  if (reading.ok) return { tables: reading.tables, notes: reading.notes.map(({ message }) => message) };
  const { code, message, remedy } = reading.fault;
  const what = code === 'TABLE_NOT_TEXT' ? 'Donnez un fichier .csv ou .xlsx, fait sur le modèle.' : remedy;
  throw new CliError(code, EXIT.usage, `« ${file} » ne se lit pas : ${message}`, what);
}
