import type { Command } from 'commander';
import type { Action } from './context.ts';

type Play = (command: Command, action: Action) => Promise<void>;
type AddCommand = (orders: Command, play: Play) => void;

/** In the order of the help. Each command has its file, loaded only when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  template: async () => (await import('./orders-template.ts')).ordersTemplateCommand,
  import: async () => (await import('./orders-import.ts')).ordersImportCommand,
  list: async () => (await import('./orders-list.ts')).ordersListCommand,
  money: async () => (await import('./orders-money.ts')).ordersMoneyCommand,
  check: async () => (await import('./orders-check.ts')).ordersCheckCommand,
  window: async () => (await import('./orders-window.ts')).ordersWindowCommand,
  remind: async () => (await import('./orders-remind.ts')).ordersRemindCommand,
};

/**
 * `jalon orders …`: purchase orders, their window, their quotes and their money.
 *
 * @param argv the whole command line, which tells what has to be loaded: one command, all of them for the help of
 * `orders`, none when the command line is about something else
 */
export async function ordersCommand(program: Command, play: Play, argv: readonly string[]): Promise<void> {
  const orders = program
    .command('orders')
    .description('bons de commande : modèle, import, liste, fenêtre des 120 jours, rappels, devis, argent');
  const place = argv.indexOf('orders');
  if (place < 0) return;
  const asked = argv.slice(place + 1).find((word) => Object.hasOwn(COMMANDS, word));
  const names = asked === undefined || argv.includes('help') ? Object.keys(COMMANDS) : [asked];
  for (const name of names) (await COMMANDS[name]?.())?.(orders, play);
}
