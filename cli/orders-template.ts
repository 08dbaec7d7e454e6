import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { extname, relative } from 'node:path';
import {
  COLUMNS,
  templateCsv,
  templateJson,
  templateSheets,
  TEMPLATE_VERSION,
  vendorTemplate,
} from '#tracker/orders/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { writeTarget } from './write-target.ts';

interface TemplateOptions {
  readonly out: string;
  readonly vendor?: boolean;
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
    .option('--vendor', 'plutôt le modèle du fichier de l’éditeur (editeur.json) : produits et dates du référencement')
    .option('--force', 'remplace le fichier s’il existe')
    .action((options: TemplateOptions, command: Command) => play(command, (context) => template(context, options)));
}

async function template(context: CliContext, { out, vendor, force }: TemplateOptions): Promise<number> {
  if (vendor === true) return writeVendor(context, out, force === true);
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

async function writeVendor(context: CliContext, out: string, force: boolean): Promise<number> {
  if (extname(out).toLowerCase() !== '.json') throw wrongName(out, '.json', 'editeur.json');
  const file = writeTarget(out, force);
  await writeFile(file, vendorTemplate());
  const shown = relative(process.cwd(), file) || file;
  context.out(
    context.json
      ? `${JSON.stringify({ file })}\n`
      : `Modèle du fichier de l’éditeur écrit dans ${shown}\nSuite : remplissez-le, puis donnez-le par --vendor, ou posez-le sous ce nom dans le dossier de travail.\n`,
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
      throw wrongName(out, '.xlsx, .csv ou .json', 'bons.xlsx');
  }
}

function wrongName(out: string, kinds: string, example: string): CliError {
  return new CliError(
    'USAGE',
    EXIT.usage,
    `« ${out} » n’est pas un nom de fichier ${kinds}.`,
    `Donnez --out ${example}.`,
  );
}
