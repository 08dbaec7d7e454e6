import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { vaultOf } from './open-vault.ts';
import { parseCategory, parseList, parseProductVersion, parseWave } from './options.ts';
import type { NextOptions } from './tracker-next.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

/** `jalon tracker list | next | verify | backup | restore | export | import`: what whoever keeps the tracker does with it. */
export function trackerCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const tracker = program.command('tracker').description('vérifie, sauvegarde et restaure le suivi');
  tracker
    .command('verify')
    .description('suit la chaîne de l’audit : rien n’y a été changé, ni retiré')
    .action((_options: object, command: Command) => play(command, verify));
  tracker
    .command('list')
    .description('liste les campagnes')
    .action((_options: object, command: Command) => play(command, list));
  tracker
    .command('next')
    .description('ouvre la campagne suivante : autre version du produit, de la REM, autre couloir ou vague')
    .argument('<campagne>', 'identifiant de celle qu’elle suit (voir « tracker list »)')
    .option('--product-version <version>', 'version du produit', parseProductVersion)
    .option('--rem <fichier>', 'classeur REM (par défaut : la liste de la campagne)')
    .option('--category <couloir>', 'couloir', parseCategory)
    .option('--wave <vague>', 'vague', parseWave)
    .option('--profiles <liste>', 'profils déclarés, séparés par des virgules', parseList)
    .option('--dry-run', 'montre ce qui serait repris et ce qui serait à refaire, sans rien écrire')
    .action((from: string, options: NextOptions, command: Command) =>
      play(command, async (context) => {
        const { nextCampaign } = await import('./tracker-next.ts');
        return nextCampaign(context, from, options);
      }),
    );
  tracker
    .command('export')
    .description('met une campagne et ses pièces dans un fichier, pour une autre machine')
    .argument('<campagne>', 'identifiant (voir « tracker list »)')
    .argument('<fichier>', 'fichier à écrire (.zip) ; il ne doit pas exister')
    .action((id: string, file: string, _options: object, command: Command) =>
      play(command, (context) => exportCampaign(context, id, file)),
    );
  tracker
    .command('import')
    .description('reprend une campagne qu’une autre machine a exportée')
    .argument('<fichier>', 'fichier que « export » a écrit')
    .action((file: string, _options: object, command: Command) =>
      play(command, (context) => importFile(context, file)),
    );
  tracker
    .command('push')
    .description('envoie une exécution au suivi d’une équipe (jeton dans la variable JALON_TOKEN)')
    .argument('<dossier>', 'dossier d’une exécution')
    .requiredOption('--server <adresse>', 'adresse du suivi, p. ex. https://suivi.exemple.fr')
    .action((runDir: string, options: { readonly server: string }, command: Command) =>
      play(command, async (context) => {
        const { pushRun } = await import('./tracker-push.ts');
        return pushRun(context, runDir, options.server);
      }),
    );
  tracker
    .command('backup')
    .description('copie tout le suivi dans un fichier, que SQLite ou PostgreSQL reprend')
    .argument('<fichier>', 'fichier à écrire (.jsonl.gz) ; il ne doit pas exister')
    .action((file: string, _options: object, command: Command) => play(command, (context) => backup(context, file)));
  tracker
    .command('restore')
    .description('remplit un suivi vide avec une sauvegarde')
    .argument('<fichier>', 'fichier que « backup » a écrit')
    .action((file: string, _options: object, command: Command) => play(command, (context) => restore(context, file)));
}

async function verify(context: CliContext): Promise<number> {
  const tracker = await existing(context);
  try {
    const broken = await tracker.verifyAudit();
    const told = broken === undefined ? 'L’audit est entier.' : broken.reason;
    context.out(
      context.json ? `${JSON.stringify({ valid: broken === undefined, ...(broken && { broken }) })}\n` : `${told}\n`,
    );
    return broken === undefined ? EXIT.ok : EXIT.bench;
  } finally {
    await tracker.close();
  }
}

async function backup(context: CliContext, file: string): Promise<number> {
  const path = freePath(file);
  const { writeCopy } = await import('./tracker-copy.ts');
  const tracker = await existing(context);
  try {
    const copy = await tracker.dump();
    await writeCopy(copy, path);
    tell(context, copy.head.rows, `Suivi sauvegardé dans ${path}.`);
    if (!context.json) context.out('Les pièces sont des fichiers du dossier de travail : copiez-le aussi.\n');
    const { account = 0, webhook = 0 } = copy.head.rows;
    if (!context.json && account + webhook > 0) {
      context.out(
        'Elle contient des empreintes de mots de passe et de jetons, et des secrets de webhooks : gardez-la à l’abri.\n',
      );
    }
    return EXIT.ok;
  } finally {
    await tracker.close();
  }
}

async function list(context: CliContext): Promise<number> {
  const tracker = await existing(context);
  try {
    const campaigns = await tracker.campaigns();
    context.out(
      context.json
        ? `${JSON.stringify(campaigns)}\n`
        : `${campaigns.map(({ id, product, version, category, wave, updatedAt }) => `${id}  ${product} ${version}, ${category} ${wave}, ${updatedAt.slice(0, 10)}`).join('\n')}\n`,
    );
    return EXIT.ok;
  } finally {
    await tracker.close();
  }
}

async function exportCampaign(context: CliContext, id: string, file: string): Promise<number> {
  const path = freePath(file);
  const { writeArchive } = await import('./campaign-archive.ts');
  const tracker = await existing(context);
  try {
    const copy = await tracker.dumpCampaign(id);
    const dirs = new Map(copy.tables.run.map((row) => [String(row['id']), String(row['dir'])]));
    const vault = vaultOf(resolve(context.dataDir));
    const { files, missing } = await writeArchive(copy, { dirOf: (run) => dirs.get(run), vault }, path);
    context.out(
      context.json
        ? `${JSON.stringify({ file: path, runs: dirs.size, files, missing })}\n`
        : `Campagne exportée dans ${path} : ${dirs.size} exécution(s), ${files} fichier(s).\n`,
    );
    for (const one of context.json ? [] : missing) context.err(`Absente ou changée, laissée de côté : ${one}\n`);
    return EXIT.ok;
  } finally {
    await tracker.close();
  }
}

async function importFile(context: CliContext, file: string): Promise<number> {
  const { readArchive, unpack } = await import('./campaign-archive.ts');
  const archive = await readArchive(resolve(file));
  await mkdir(resolve(context.dataDir), { recursive: true });
  const folder = takeDataFolder(context.dataDir);
  const into = join(
    folder.path,
    'imports',
    `${String(archive.copy.campaign['id']).replaceAll(/[^\w-]/gu, '_')}-${process.pid}`,
  );
  let kept = false;
  try {
    await mkdir(into, { recursive: true });
    const missing = await unpack(archive, into, vaultOf(folder.path));
    const tracker = await openTrackerOf(folder.path);
    try {
      const author = { by: 'jalon tracker import', at: context.now().toISOString() };
      const id = await tracker.importCampaign(archive.copy, (run) => join(into, run), author);
      kept = true;
      context.out(
        context.json
          ? `${JSON.stringify({ campaign: id, runs: archive.copy.tables.run.length, missing })}\n`
          : `Campagne ${id} importée : ${archive.copy.tables.run.length} exécution(s).\n`,
      );
      for (const one of context.json ? [] : missing) context.err(`Absente de l’archive : ${one}\n`);
    } finally {
      await tracker.close();
    }
    return EXIT.ok;
  } finally {
    if (!kept) await rm(into, { recursive: true, force: true });
    folder.release();
  }
}

/** A file that does not exist yet. */
function freePath(file: string): string {
  const path = resolve(file);
  if (!existsSync(path)) return path;
  throw new CliError(
    'BACKUP_EXISTS',
    EXIT.usage,
    `« ${path} » existe déjà.`,
    'Donnez un autre nom : une sauvegarde n’en remplace pas une autre.',
  );
}

async function restore(context: CliContext, file: string): Promise<number> {
  const { readCopy } = await import('./tracker-copy.ts');
  const copy = await readCopy(resolve(file));
  await mkdir(resolve(context.dataDir), { recursive: true });
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTrackerOf(folder.path);
    try {
      await tracker.restore(copy);
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
  tell(context, copy.head.rows, 'Suivi restauré.');
  return EXIT.ok;
}

function tell(context: CliContext, rows: Readonly<Record<string, number | undefined>>, sentence: string): void {
  const { campaign = 0, run = 0, piece = 0, audit = 0 } = rows;
  context.out(
    context.json
      ? `${JSON.stringify({ rows })}\n`
      : `${sentence}\n${campaign} campagne(s), ${run} exécution(s), ${piece} pièce(s), ${audit} ligne(s) d’audit.\n`,
  );
}

async function existing(context: CliContext): ReturnType<typeof openTrackerOf> {
  const folder = resolve(context.dataDir);
  if (hasTracker(folder)) return openTrackerOf(folder);
  throw new CliError(
    'TRACKER_ABSENT',
    EXIT.usage,
    `Le dossier ${folder} ne garde aucun suivi.`,
    'Donnez son dossier avec --data, ou sa base avec --db.',
  );
}
