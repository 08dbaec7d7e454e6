import type { Command } from 'commander';
import type { Action } from './context.ts';

type Play = (command: Command, action: Action) => Promise<void>;
type AddCommand = (asp: Command, play: Play) => void;

/** In the order of the help. Each command has its file, loaded only when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  avance: async () => (await import('./asp-request.ts')).aspAdvanceCommand,
  solde: async () => (await import('./asp-request.ts')).aspBalanceCommand,
  enter: async () => (await import('./asp-enter.ts')).aspEnterCommand,
  check: async () => (await import('./asp-check.ts')).aspCheckCommand,
  list: async () => (await import('./asp-list.ts')).aspListCommand,
  status: async () => (await import('./asp-status.ts')).aspStatusCommand,
};

/**
 * `jalon asp …`: requests for payment to the ASP.
 *
 * @param argv the whole command line, which tells what has to be loaded: one command, all of them for the help of `asp`,
 * none when the command line is about something else
 */
export async function aspCommand(program: Command, play: Play, argv: readonly string[]): Promise<void> {
  const asp = program
    .command('asp')
    .description(
      'demandes de paiement à l’ASP : avance, solde, saisie de ce qui a été déposé sans Jalon, contrôle des fichiers, suivi des dépôts',
    );
  const place = argv.indexOf('asp');
  if (place < 0) return;
  const asked = argv.slice(place + 1).find((word) => Object.hasOwn(COMMANDS, word));
  const names = asked === undefined || argv.includes('help') ? Object.keys(COMMANDS) : [asked];
  for (const name of names) (await COMMANDS[name]?.())?.(asp, play);
}
