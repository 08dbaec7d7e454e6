import type { Command } from 'commander';
import type { Category, Wave } from '#dsr/rem/index.ts';
import type { Action } from './context.ts';
import { withMockOptions } from './mock-settings.ts';
import { withReferenceOptions } from './reference-options.ts';
import { collectList, parseCategory, parseCount, parseList, parsePort, parseSeconds, parseWave } from './options.ts';
import type { RunOptions } from './run-action.ts';

/** `jalon run`: the main job, from a REM to pieces in their slots. */
export function runCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  withReferenceOptions(
    withMockOptions(
      program
        .command('run')
        .description('joue la suite contre un produit, juge et recueille les preuves')
        .option('--category <couloir>', 'couloir', parseCategory, 'SGL' as Category)
        .option('--wave <vague>', 'vague', parseWave, 'va1' as Wave)
        .option(
          '--profiles <liste>',
          'profils déclarés, séparés par des virgules (par défaut : general,referentiel-identites)',
          parseList,
        )
        .option('--rem <fichier>', 'classeur REM (par défaut : le catalogue embarqué)')
        .option('--sut <produit>', 'produit testé : reference, http:URL ou command:CHEMIN', 'reference')
        .option('--fault <nom>', 'faute du SGL de référence, répétable', collectList, [] as readonly string[])
        .option('--tags <expression>', 'expression d’étiquettes, p. ex. "@service:insi and not @exigence:INS/va1.28"')
        .option('--shard <i/n>', 'ne joue que la part i de n')
        .option(
          '--jobs <n>',
          'processus qui jouent en même temps, chacun avec ses services et son SGL de référence (par défaut : 2 pour une longue suite sur deux cœurs, sinon 1 ; toujours 1 pour votre produit)',
          parseCount,
        )
        .option('--out <dossier>', 'dossier de cette exécution (par défaut : dans le dossier de travail)')
        .option('--port-base <n>', 'premier port des services simulés (par défaut : ports libres)', parsePort),
    ),
  )
    .option('--gesture-timeout <s>', 'délai d’un geste du produit, en secondes', parseSeconds)
    .option('--exchange-timeout <s>', 'délai d’arrivée d’un échange attendu, en secondes', parseSeconds)
    .option('--require-complete', 'code 5 s’il reste une preuve vide')
    .action((options: RunOptions, command: Command) =>
      play(command, async (context) => {
        // The suite and the services are heavy to load: a mistyped option must not wait for them.
        const { run } = await import('./run-action.ts');
        return run(context, options);
      }),
    );
}
