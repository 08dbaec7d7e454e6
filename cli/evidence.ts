import type { Command } from 'commander';
import type { Action } from './context.ts';
import type { AddOptions, FileOptions, SettleOptions, WithdrawOptions } from './evidence-actions.ts';
import { parseDay } from './options.ts';

type Play = (command: Command, action: Action) => Promise<void>;

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const BY = ['--by <nom>', 'qui le fait (par défaut : votre nom d’utilisateur)'] as const;
const CAMPAIGN = ['--campaign <id>', 'campagne (par défaut : celle qui a servi en dernier)'] as const;

/** `jalon evidence add | list | mask | declare | file | withdraw | remove | verify`: pieces that people bring. */
export function evidenceCommand(program: Command, play: Play): void {
  const evidence = program
    .command('evidence')
    .description('pièces que vous apportez : vidéos, captures, attestations, documents');
  evidence
    .command('add')
    .description('apporte des fichiers ; le garde les retient s’il y voit un secret ou une personne réelle')
    .argument('<fichier...>', 'fichiers à apporter')
    .option('--slot <n°>', 'n° de preuve où les verser (répétable)', several)
    .option('--caption <texte>', 'ce que montrent ces fichiers, en une phrase')
    .option('--dated-on <date>', 'date que porte le document (AAAA-MM-JJ ou JJ/MM/AAAA)', parseDay)
    .option('--mask', 'masque aussitôt ce que le garde y voit')
    .option(...CAMPAIGN)
    .option(...BY)
    .action((files: readonly string[], options: AddOptions, command: Command) =>
      play(command, async (context) => (await actions()).add(context, files, options)),
    );
  evidence
    .command('list')
    .description('liste les pièces apportées, leurs alertes et les preuves où elles sont')
    .option('--held', 'seulement celles que le garde retient')
    .option(...CAMPAIGN)
    .action((options: { readonly held?: boolean; readonly campaign?: string }, command: Command) =>
      play(command, async (context) => (await actions()).list(context, options)),
    );
  evidence
    .command('mask')
    .description('masque dans une pièce ce que le garde y a vu ; l’original est gardé à part')
    .argument('<pièce>', 'identifiant (voir « evidence list »)')
    .option(...BY)
    .action((id: string, options: SettleOptions, command: Command) =>
      play(command, async (context) => (await actions()).settle(context, id, { ...options, mask: true })),
    );
  evidence
    .command('declare')
    .description('déclare de fausses alertes, avec leur raison')
    .argument('<pièce>', 'identifiant (voir « evidence list »)')
    .option('--alarm <alerte>', 'alerte (répétable ; par défaut : toutes)', several)
    .requiredOption('--reason <texte>', 'pourquoi ce n’est ni un secret ni une personne réelle')
    .option(...BY)
    .action((id: string, options: SettleOptions, command: Command) =>
      play(command, async (context) => (await actions()).settle(context, id, options)),
    );
  evidence
    .command('file')
    .description('verse une pièce dans d’autres preuves, ou dit qu’elle vaut encore pour cette version')
    .argument('<pièce>', 'identifiant (voir « evidence list »)')
    .requiredOption('--slot <n°>', 'n° de preuve (répétable)', several)
    .option('--still-holds <texte>', 'pourquoi une pièce d’une autre version vaut encore')
    .option(...CAMPAIGN)
    .option(...BY)
    .action((id: string, options: FileOptions, command: Command) =>
      play(command, async (context) => (await actions()).file(context, id, options)),
    );
  evidence
    .command('withdraw')
    .description('retire une pièce d’une preuve')
    .argument('<pièce>', 'identifiant (voir « evidence list »)')
    .requiredOption('--slot <n°>', 'n° de preuve')
    .requiredOption('--reason <texte>', 'pourquoi')
    .option(...CAMPAIGN)
    .option(...BY)
    .action((id: string, options: WithdrawOptions, command: Command) =>
      play(command, async (context) => (await actions()).withdraw(context, id, options)),
    );
  evidence
    .command('remove')
    .description('oublie une pièce qui n’est dans aucune preuve, et efface ses octets')
    .argument('<pièce>', 'identifiant (voir « evidence list »)')
    .requiredOption('--reason <texte>', 'pourquoi')
    .option(...BY)
    .action((id: string, options: { readonly reason: string; readonly by?: string }, command: Command) =>
      play(command, async (context) => (await actions()).remove(context, id, options)),
    );
  evidence
    .command('verify')
    .description('relit chaque pièce et la compare à son empreinte')
    .option('--clean', 'efface ce qu’aucune pièce ne nomme : restes d’une copie interrompue, pièces oubliées')
    .action((options: { readonly clean?: boolean }, command: Command) =>
      play(command, async (context) => {
        const { verifyEvidence } = await import('./evidence-verify.ts');
        return verifyEvidence(context, options);
      }),
    );
}

/** Loaded once somebody asks. */
function actions() {
  return import('./evidence-actions.ts');
}
