import type { Command } from 'commander';
import type { Action } from './context.ts';
import { remClassifyCommand } from './rem-classify.ts';
import { remAdoptCommand } from './rem-adopt.ts';
import { remDiffCommand } from './rem-diff.ts';
import { remExportCommand } from './rem-export.ts';
import { remImportCommand } from './rem-import.ts';
import { remListCommand } from './rem-list.ts';

/** `jalon rem …`: what is done with the workbooks of the authority. */
export function remCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const rem = program.command('rem').description('classeurs REM : import, liste, comparaison, export');
  remImportCommand(rem, play);
  remListCommand(rem, play);
  remDiffCommand(rem, play);
  remAdoptCommand(rem, play);
  remExportCommand(rem, play);
  remClassifyCommand(rem, play);
}
