import type { Command } from 'commander';
import type { Action } from './context.ts';
import { collectList, parseAmount, parseCount, parseSeconds } from './options.ts';
import type { SelftestCommandOptions } from './selftest-action.ts';

/** `jalon selftest`: what the checks are worth, told by a product that is wrong on purpose. */
export function selftestCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  program
    .command('selftest')
    .description('éprouve les contrôles : joue la suite avec chaque faute du SGL de référence')
    .option('--section <section>', 'section de la REM, p. ex. INS : ses fautes, ses scénarios, ses règles')
    .option('--fault <nom>', 'seulement cette faute, répétable', collectList, [] as readonly string[])
    .option('--exhaustive', 'joue aussi, pour chaque faute, les scénarios qu’elle ne peut pas changer')
    .option(
      '--sample <n>',
      'par faute, les plus parlants des scénarios attendus et au plus n autres, toujours les mêmes : plus court, prouve moins',
      parseAmount,
    )
    .option('--jobs <n>', 'exécutions en même temps (par défaut : deux par cœur, quatre au plus)', parseCount)
    .option(
      '--exchange-timeout <s>',
      'délai d’arrivée d’un échange attendu, en secondes (par défaut : 3)',
      parseSeconds,
    )
    .option('--list', 'liste les fautes, section par section, sans rien jouer')
    .action((options: SelftestCommandOptions, command: Command) =>
      play(command, async (context) => {
        const { listFaultsOf, runSelftest } = await import('./selftest-action.ts');
        return options.list === true ? listFaultsOf(context, options) : runSelftest(context, options);
      }),
    );
}
