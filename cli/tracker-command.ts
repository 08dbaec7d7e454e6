import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

/** `jalon tracker verify | backup FILE | restore FILE`: what whoever keeps the tracker does with it. */
export function trackerCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const tracker = program.command('tracker').description('vérifie, sauvegarde et restaure le suivi');
  tracker
    .command('verify')
    .description('suit la chaîne de l’audit : rien n’y a été changé, ni retiré')
    .action((_options: object, command: Command) => play(command, verify));
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
  const path = resolve(file);
  if (existsSync(path)) {
    throw new CliError(
      'BACKUP_EXISTS',
      EXIT.usage,
      `« ${path} » existe déjà.`,
      'Donnez un autre nom : une sauvegarde n’en remplace pas une autre.',
    );
  }
  const { writeCopy } = await import('./tracker-copy.ts');
  const tracker = await existing(context);
  try {
    const copy = await tracker.dump();
    await writeCopy(copy, path);
    tell(context, copy.head.rows, `Suivi sauvegardé dans ${path}.`);
    if (!context.json) context.out('Les pièces sont des fichiers du dossier de travail : copiez-le aussi.\n');
    return EXIT.ok;
  } finally {
    await tracker.close();
  }
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
