import type { Command } from 'commander';
import type { Action } from './context.ts';

type Play = (command: Command, action: Action) => Promise<void>;
type AddCommand = (rem: Command, play: Play) => void;

/** In the order of the help. A workbook reader, a store and the suite are heavy: only the command asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  import: async () => (await import('./rem-import.ts')).remImportCommand,
  list: async () => (await import('./rem-list.ts')).remListCommand,
  diff: async () => (await import('./rem-diff.ts')).remDiffCommand,
  adopt: async () => (await import('./rem-adopt.ts')).remAdoptCommand,
  export: async () => (await import('./rem-export.ts')).remExportCommand,
  classify: async () => (await import('./rem-classify.ts')).remClassifyCommand,
};

/**
 * `jalon rem …`: what is done with the workbooks of the authority.
 *
 * @param argv the whole command line, which tells what has to be loaded: one command, all of them for the help of `rem`,
 * none when the command line is about something else
 */
export async function remCommand(program: Command, play: Play, argv: readonly string[]): Promise<void> {
  const rem = program
    .command('rem')
    .description('classeurs REM : import, liste, comparaison, adoption, export, classement');
  const place = argv.indexOf('rem');
  if (place < 0) return;
  const asked = argv.slice(place + 1).find((word) => Object.hasOwn(COMMANDS, word));
  const names = asked === undefined || argv.includes('help') ? Object.keys(COMMANDS) : [asked];
  for (const name of names) (await COMMANDS[name]?.())?.(rem, play);
}
