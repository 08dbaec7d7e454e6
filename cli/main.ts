import { Command, CommanderError, Help, type Option } from 'commander';
import { accountsCommand } from './accounts.ts';
import { aspCommand } from './asp.ts';
import { checkCommand } from './check.ts';
import { createContext, type Action, type GlobalOptions } from './context.ts';
import { driverCommand } from './driver.ts';
import { dossierCommand } from './dossier.ts';
import { evidenceCommand } from './evidence.ts';
import { failureOf } from './errors.ts';
import { mocksCommand } from './mocks.ts';
import { parseDatabase } from './options.ts';
import { ordersCommand } from './orders.ts';
import { remCommand } from './rem.ts';
import { runCommand } from './run.ts';
import { selftestCommand } from './selftest.ts';
import { serveCommand } from './serve.ts';
import { sunesCommand } from './sunes.ts';
import { trackerCommand } from './tracker-command.ts';
import { VERSION } from './version.ts';

/**
 * The whole command line.
 *
 * @param argv arguments after the program name
 * @returns the exit code (DESIGN §4.1); never throws
 */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const program = new Command('jalon');
  program
    .description('Banc de conformité et suivi du référencement Ségur, côté éditeur')
    .version(VERSION, '-V, --version', 'montre la version')
    .helpOption('-h, --help', 'montre cette aide')
    .helpCommand('help [commande]', "montre l'aide d'une commande")
    .option('--json', 'une seule sortie, en JSON, sur la sortie standard')
    .option('--data <dossier>', 'dossier de travail', '.jalon')
    .option(
      '--db <adresse>',
      'suivi d’une équipe : postgres://… (ou la variable JALON_DB, qui ne montre pas le mot de passe)',
      parseDatabase,
    )
    .option('--debug', 'trace complète en cas d’échec')
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .configureHelp({
      styleTitle: translateTitle,
      optionDescription: describeOption,
      showGlobalOptions: true,
      commandUsage: (command) => new Help().commandUsage(command).replace('[command]', '[commande]'),
    });
  const play = async (command: Command, action: Action): Promise<void> => {
    exitCode = await action(createContext(command.optsWithGlobals<GlobalOptions>()));
  };
  for (const add of [runCommand, mocksCommand]) add(program, play);
  await remCommand(program, play, argv);
  await ordersCommand(program, play, argv);
  await aspCommand(program, play, argv);
  for (const add of [
    checkCommand,
    driverCommand,
    selftestCommand,
    serveCommand,
    accountsCommand,
    evidenceCommand,
    dossierCommand,
    sunesCommand,
    trackerCommand,
  ])
    add(program, play);
  inherit(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Without any command, commander shows the help and calls it an error of usage.
    if (error instanceof CommanderError && error.code === 'commander.help') {
      process.stderr.write(program.helpInformation());
      return 2;
    }
    return report(error, argv);
  }
}

/** `jalon … | head` closes the pipe before everything is written: nothing is wrong. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function report(error: unknown, argv: readonly string[]): number {
  const failure = failureOf(error);
  if (argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack ?? error.message}\n`);
  if (argv.includes('--json')) {
    process.stdout.write(
      `${JSON.stringify({ error: { code: failure.code, message: failure.message, remedy: failure.remedy } })}\n`,
    );
  }
  const line = `Jalon : ${failure.message} ${failure.remedy} [${failure.code}]`.replaceAll(/\s*\n\s*/g, ' ');
  process.stderr.write(`${line}\n`);
  return failure.exitCode;
}

/** Sub-commands speak and fail like their parent. */
function inherit(command: Command): void {
  for (const sub of command.commands) {
    sub.copyInheritedSettings(command);
    sub.helpOption('-h, --help', 'montre cette aide');
    inherit(sub);
  }
}

function translateTitle(title: string): string {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': 'Emploi :',
    'Arguments:': 'Arguments :',
    'Options:': 'Options :',
    'Global Options:': 'Options communes :',
    'Commands:': 'Commandes :',
  };
  return titles[title] ?? title;
}

/** commander says « default » in English; lists and flags read better in words. */
function describeOption(option: Option): string {
  const value: unknown = option.defaultValue;
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return option.description;
  return `${option.description} (par défaut : ${Array.isArray(value) ? value.join(',') : `${value as string | number}`})`;
}
