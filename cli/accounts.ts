import { InvalidArgumentError, type Command } from 'commander';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  hashPassword,
  isRole,
  judgePassword,
  newSecret,
  readAccountName,
  ROLES,
  roleTitle,
  type Account,
  type Role,
} from '#tracker/access/index.ts';
import { EXIT, type Outcome } from '#tracker/domain/index.ts';
import type { AccountChange, Tracker } from '#tracker/store/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { openTrackerOf } from './tracker.ts';

interface PasswordOptions {
  readonly passwordStdin?: boolean;
}

interface AddOptions extends PasswordOptions {
  readonly role: Role;
}

/** `jalon accounts add | list | role | close | open | password`: who enters the tracker of a team. */
export function accountsCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const accounts = program.command('accounts').description('comptes du suivi d’une équipe');
  accounts
    .command('list')
    .description('liste les comptes')
    .action((_options: object, command: Command) => play(command, list));
  accounts
    .command('add')
    .description('crée un compte ; son mot de passe est tiré au sort et montré une fois')
    .argument('<nom>')
    .requiredOption('--role <role>', `rôle : ${ROLES.join(', ')}`, parseRole)
    .option('--password-stdin', 'lit le mot de passe sur l’entrée standard')
    .action((name: string, options: AddOptions, command: Command) =>
      play(command, (context) => add(context, name, options)),
    );
  accounts
    .command('role')
    .description('change le rôle d’un compte')
    .argument('<nom>')
    .argument('<role>', ROLES.join(', '), parseRole)
    .action((name: string, role: Role, _options: object, command: Command) =>
      play(command, (context) => change(context, name, { role })),
    );
  for (const [word, disabled, description] of [
    ['close', true, 'ferme un compte et ses sessions ; ses jetons ne servent plus'],
    ['open', false, 'rouvre un compte'],
  ] as const) {
    accounts
      .command(word)
      .description(description)
      .argument('<nom>')
      .action((name: string, _options: object, command: Command) =>
        play(command, (context) => change(context, name, { disabled })),
      );
  }
  accounts
    .command('password')
    .description('donne un nouveau mot de passe à un compte et ferme ses sessions')
    .argument('<nom>')
    .option('--password-stdin', 'lit le mot de passe sur l’entrée standard')
    .action((name: string, options: PasswordOptions, command: Command) =>
      play(command, async (context) => {
        const given = await passwordFor(name, options);
        return change(context, name, { password: await hashPassword(given.password) }, given.shown);
      }),
    );
}

function parseRole(value: string): Role {
  if (isRole(value)) return value;
  throw new InvalidArgumentError(`Rôle inconnu : ${value}. Choisissez parmi ${ROLES.join(', ')}.`);
}

async function list(context: CliContext): Promise<number> {
  return withTracker(context, async (tracker) => {
    const all = await tracker.accounts();
    context.out(context.json ? `${JSON.stringify(all)}\n` : all.map((one) => `${lineOf(one)}\n`).join(''));
  });
}

async function add(context: CliContext, written: string, options: AddOptions): Promise<number> {
  const name = granted(readAccountName(written));
  const { password, shown } = await passwordFor(name, options);
  const hashed = await hashPassword(password);
  return withTracker(context, async (tracker) => {
    const author = { by: 'jalon accounts', at: context.now().toISOString() };
    tell(context, granted(await tracker.addAccount({ name, role: options.role, password: hashed }, author)), shown);
  });
}

async function change(context: CliContext, name: string, asked: AccountChange, shown?: string): Promise<number> {
  return withTracker(context, async (tracker) => {
    const author = { by: 'jalon accounts', at: context.now().toISOString() };
    const seen = (await tracker.accountKey(name))?.account.revision ?? 0;
    tell(context, granted(await tracker.changeAccount({ name, seen }, asked, author)), shown);
  });
}

/** One that is drawn is shown; one that is given is not repeated. */
async function passwordFor(
  name: string,
  { passwordStdin }: PasswordOptions,
): Promise<{ readonly password: string; readonly shown?: string }> {
  if (passwordStdin !== true) {
    const password = newSecret().slice(0, 24);
    return { password, shown: password };
  }
  const typed = (await text(process.stdin)).replace(/\r?\n$/, '');
  return { password: granted(judgePassword(typed, name)) };
}

function tell(context: CliContext, account: Account, password: string | undefined): void {
  if (context.json) {
    context.out(`${JSON.stringify({ account, ...(password === undefined ? {} : { password }) })}\n`);
    return;
  }
  context.out(`${lineOf(account)}\n`);
  if (password !== undefined) context.out(`Mot de passe, montré cette fois seulement : ${password}\n`);
}

function lineOf({ name, role, disabled, local, provider }: Account): string {
  const opens = local ? 'mot de passe' : `fournisseur ${provider ?? 'd’identité'}`;
  return `${name} : ${roleTitle(role)} (${role}), ${opens}${disabled ? ', fermé' : ''}`;
}

function granted<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  const { code, message, remedy } = outcome.refusal;
  throw new CliError(code, EXIT.usage, message, remedy);
}

async function withTracker(context: CliContext, act: (tracker: Tracker) => Promise<void>): Promise<number> {
  const dataDir = resolve(context.dataDir);
  await mkdir(dataDir, { recursive: true });
  const tracker = await openTrackerOf(dataDir);
  try {
    await act(tracker);
  } finally {
    await tracker.close();
  }
  return EXIT.ok;
}
