import { InvalidArgumentError, type Command } from 'commander';
import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { checkProfiles, profilesOfRem } from '#dsr/profiles/index.ts';
import { applyOverrules } from '#dsr/proof-kinds/index.ts';
import { toImportReport, type LayoutName, type Rem } from '#dsr/rem/index.ts';
import { writeRemWorkbook } from '#reports/rem-workbook/index.ts';
import { count } from '#reports/words/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { parseCategory, parseList, parseWave } from './options.ts';
import { readOverrules } from './overrules.ts';
import { followsAnother } from './rem-campaign.ts';
import { findSource, type ExportSource, type RemOrigin, type SourceOptions } from './rem-export-source.ts';
import { VERSION } from './version.ts';

interface ExportOptions extends SourceOptions {
  readonly layout: LayoutName;
  readonly out: string;
  readonly profiles?: readonly string[];
  readonly force?: boolean;
}

/** `jalon rem export`: the REM back in a workbook of an official layout, with the vendor's columns on the right. */
export function remExportCommand(rem: Command, play: (command: Command, action: Action) => Promise<void>): void {
  rem
    .command('export')
    .description('réécrit la REM en classeur, avec les colonnes de l’éditeur à droite')
    .requiredOption('--layout <disposition>', 'disposition : wave1, wave2 ou convergence', parseLayout)
    .requiredOption('--out <fichier>', 'classeur .xlsx à écrire')
    .option(
      '--rem <fichier>',
      'classeur REM (par défaut : celle de la campagne en cours, sinon la dernière importée, sinon le catalogue embarqué)',
    )
    .option(
      '--category <couloir>',
      'couloir (par défaut : celui de la campagne en cours ou de la dernière REM importée, sinon SGL)',
      parseCategory,
    )
    .option(
      '--wave <vague>',
      'vague (par défaut : celle de la campagne en cours ou de la dernière REM importée, sinon va1)',
      parseWave,
    )
    .option(
      '--campaign <id>',
      'campagne dont reprendre les états (par défaut : celle qui porte sur la REM, sinon la dernière du couloir et de la vague)',
    )
    .option('--no-campaign', 'sans état d’aucune campagne')
    .option(
      '--profiles <liste>',
      'profils déclarés, séparés par des virgules (par défaut : ceux de la campagne)',
      parseList,
    )
    .option('--force', 'remplace le fichier s’il existe')
    .action((options: ExportOptions, command: Command) => play(command, (context) => exportRem(context, options)));
}

function parseLayout(value: string): LayoutName {
  switch (value.toLowerCase()) {
    case 'wave1':
    case 'rem-wave1':
      return 'rem-wave1';
    case 'wave2':
    case 'rem-wave2':
      return 'rem-wave2';
    case 'convergence':
      return 'convergence';
    default:
      throw new InvalidArgumentError(`Disposition inconnue : ${value}. Choisissez parmi wave1, wave2, convergence.`);
  }
}

async function exportRem(context: CliContext, options: ExportOptions): Promise<number> {
  const out = resolve(options.out);
  refuseTarget(out, options);
  const chosen = await findSource(context.dataDir, options);
  const { campaign } = chosen;
  // A kept REM does not hold the user's classifications: they are applied where it is used.
  const { rem } = applyOverrules(chosen.rem, await readOverrules(context.dataDir));
  const profiles = options.profiles ?? campaign?.profiles;
  if (options.profiles !== undefined) refuseProfiles(rem, options.profiles);
  const written = await writeRemWorkbook(
    out,
    rem,
    options.layout,
    { ...(profiles === undefined ? {} : { profiles }), ...(campaign === undefined ? {} : { campaign }) },
    { benchVersion: VERSION, at: context.now().toISOString() },
  );
  const { requirements, scenarios, proofs } = toImportReport(rem, []);
  const officialTexts = rem.layout !== 'catalogue';
  const { rows, complement } = written;
  if (context.json) {
    const { source, sha256, category, wave } = rem;
    context.out(
      `${JSON.stringify({
        file: out,
        layout: options.layout,
        category,
        wave,
        requirements,
        scenarios,
        proofs,
        rows,
        complement,
        campaign: campaign?.id ?? null,
        carried: campaign?.carried ?? null,
        rem: { source, sha256, officialTexts, origin: chosen.origin },
        other: chosen.other ?? null,
      })}\n`,
    );
    return EXIT.ok;
  }
  context.out(
    `${[
      `REM ${rem.category} ${rem.wave} (« ${rem.source} ») écrite dans ${relative(process.cwd(), out) || out}, disposition ${options.layout}`,
      `  ${requirements} exigences, ${scenarios} scénarios, ${proofs} preuves, sur ${rows} lignes`,
      ...otherLines(chosen),
      ...(complement.length === 0
        ? []
        : [`  Colonnes ajoutées pour ne rien perdre : ${complement.map((header) => `« ${header} »`).join(', ')}`]),
      ...campaignLines(chosen),
      profiles === undefined
        ? '  Aucun profil déclaré : la colonne « Applicable » reste à remplir, ou donnez --profiles.'
        : `  Profils déclarés : ${['general', ...profiles.filter((one) => one !== 'general')].join(', ')}`,
      ...(officialTexts
        ? []
        : [
            '  Textes officiels absents : cette liste est le catalogue embarqué. Importez le classeur de l’ANS par « npm run jalon -- rem import » pour les avoir.',
          ]),
      '  Cette copie ne remplace pas le classeur publié par l’ANS.',
    ].join('\n')}\n`,
  );
  return EXIT.ok;
}

const ORIGINS: Readonly<Record<RemOrigin, string>> = {
  file: 'celle du fichier',
  campaign: 'celle de la campagne',
  import: 'la dernière importée',
  catalogue: 'le catalogue embarqué',
};

/** Two REMs could be meant: which one was taken is said, and how to take the other one. */
function otherLines({ rem, origin, other }: ExportSource): readonly string[] {
  if (other === undefined) return [];
  return [
    `  Cette REM est ${ORIGINS[origin]} (« ${rem.source} »), et non ${ORIGINS[other.origin]} (« ${other.source} ») : pour l’exporter, ajoutez ${other.options}`,
  ];
}

function campaignLines({ campaign, reference }: ExportSource): readonly string[] {
  if (campaign === undefined) {
    return ['  Sans campagne : les colonnes de suivi ne portent que ce que le classeur lu disait.'];
  }
  const { id, product, carried } = campaign;
  if (carried === undefined) return [`  Suivi de la campagne ${id} (${product.name} ${product.version})`];
  const kept = count(carried.slots, 'preuve reprise', 'preuves reprises');
  return [
    `  Suivi de la campagne ${id} (${product.name} ${product.version}) : ${kept} sur ${carried.filled}, ${carried.compared || carried.slots > 0 ? 'celles dont le texte est le même' : 'le catalogue embarqué n’ayant pas de texte officiel à comparer'}`,
    `  → ${followsAnother(id, carried.source, reference)}`,
  ];
}

/** Asked before anything is read: a workbook that the vendor filled in must not be lost to a mistyped name. */
function refuseTarget(out: string, options: ExportOptions): void {
  const refuse = (message: string, remedy: string, code = 'USAGE'): never => {
    throw new CliError(code, EXIT.usage, message, remedy);
  };
  if (!/\.xlsx$/iu.test(out))
    refuse(`« ${options.out} » n'est pas un nom de classeur .xlsx.`, 'Donnez --out FICHIER.xlsx.');
  const folder = statSync(dirname(out), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) {
    refuse(`Le dossier « ${dirname(out)} » n'existe pas.`, 'Créez-le, ou donnez un autre chemin avec --out.');
  }
  const target = statSync(out, { throwIfNoEntry: false });
  if (target === undefined) return;
  if (!target.isFile())
    refuse(`« ${options.out} » existe et n'est pas un fichier.`, 'Donnez un autre chemin avec --out.');
  const source = options.rem === undefined ? undefined : statSync(options.rem, { throwIfNoEntry: false });
  if (options.rem !== undefined && source !== undefined && realpathSync(options.rem) === realpathSync(out)) {
    refuse(
      `« ${options.out} » est le classeur lu : la copie de travail ne remplace pas le fichier publié.`,
      'Donnez un autre nom avec --out.',
      'FICHIER_LU',
    );
  }
  if (options.force !== true) {
    refuse(
      `« ${options.out} » existe déjà.`,
      'Donnez un autre nom avec --out, ou --force pour le remplacer.',
      'FICHIER_EXISTANT',
    );
  }
}

function refuseProfiles(rem: Rem, declared: readonly string[]): void {
  const [problem] = checkProfiles(profilesOfRem(rem), declared);
  if (problem !== undefined) throw new CliError(problem.code, EXIT.usage, problem.message, problem.remedy);
}
