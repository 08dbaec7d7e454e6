import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { extname, relative } from 'node:path';
import { COLUMNS, templateCsv, templateJson, templateSheets, TEMPLATE_VERSION } from '#tracker/orders/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { writeTarget } from './write-target.ts';

interface TemplateOptions {
  readonly out: string;
  readonly force?: boolean;
}

/** `jalon orders template`: the published template, in the form that the name of the file asks for. */
export function ordersTemplateCommand(
  orders: Command,
  play: (command: Command, action: Action) => Promise<void>,
): void {
  orders
    .command('template')
    .description('écrit le modèle de liste de bons de commande : .xlsx, .csv ou .json')
    .requiredOption('--out <fichier>', 'fichier à écrire : .xlsx, .csv ou .json')
    .option('--force', 'remplace le fichier s’il existe')
    .action((options: TemplateOptions, command: Command) => play(command, (context) => template(context, options)));
}

async function template(context: CliContext, { out, force }: TemplateOptions): Promise<number> {
  const content = await contentOf(out);
  const file = writeTarget(out, force === true);
  await writeFile(file, content);
  if (context.json) {
    context.out(`${JSON.stringify({ file, template: TEMPLATE_VERSION, columns: COLUMNS })}\n`);
    return EXIT.ok;
  }
  const due = COLUMNS.filter(({ required }) => required === 'toujours').length;
  context.out(
    `${[
      `Modèle de bons de commande écrit dans ${relative(process.cwd(), file) || file} (version ${TEMPLATE_VERSION})`,
      `  ${COLUMNS.length} colonnes, dont ${due} toujours obligatoires ; la ligne EXEMPLE n’est pas importée`,
      `Suite : npm run jalon -- orders import "${out}"`,
    ].join('\n')}\n`,
  );
  return EXIT.ok;
}

async function contentOf(out: string): Promise<string | Uint8Array> {
  switch (extname(out).toLowerCase()) {
    case '.csv':
      return templateCsv();
    case '.json':
      return templateJson();
    case '.xlsx': {
      const { writeWorkbook } = await import('#formats/xlsx/index.ts');
      return writeWorkbook(templateSheets());
    }
    default:
      throw new CliError(
        'USAGE',
        EXIT.usage,
        `« ${out} » n’est pas un nom de fichier .xlsx, .csv ou .json.`,
        'Donnez --out bons.xlsx.',
      );
  }
}
