import { InvalidArgumentError, type Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  digestOf,
  hashPassword,
  isPermission,
  isRole,
  judgePassword,
  newSecret,
  newToken,
  PERMISSIONS,
  permissionsOf,
  readAccountName,
  ROLES,
  roleTitle,
  type Account,
  type Permission,
  type Role,
} from '#tracker/access/index.ts';
import { EXIT, type Outcome } from '#tracker/domain/index.ts';
import type { AccountChange, Tracker } from '#tracker/store/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { parseList } from './options.ts';
import { openTrackerOf } from './tracker.ts';

const DAY_MS = 24 * 3600_000;
const MOST_DAYS = 366;

interface PasswordOptions {
  readonly passwordStdin?: boolean;
}

interface AddOptions extends PasswordOptions {
  readonly role: Role;
}

/** `jalon accounts add | list | role | close | open | password | token`: who enters the tracker of a team. */
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
    .command('token')
    .description('crée un jeton pour un programme (intégration continue), au nom d’un compte')
    .argument('<nom>')
    .option('--scopes <droits>', 'ce qu’il permet, séparés par des virgules', parseScopes, ['lire', 'verser'] as const)
    .option('--days <n>', 'durée', parseDays, 90)
    .option('--label <texte>', 'à quoi il sert, montré dans l’audit', 'ci')
    .action(
      (
        name: string,
        options: { readonly scopes: readonly Permission[]; readonly days: number; readonly label: string },
        command: Command,
      ) => play(command, (context) => makeToken(context, name, options)),
    );
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

function parseScopes(value: string): readonly Permission[] {
  const scopes = parseList(value);
  const unknown = scopes.filter((scope) => !isPermission(scope));
  if (scopes.length > 0 && unknown.length === 0) return scopes.filter(isPermission);
  throw new InvalidArgumentError(`Droit inconnu : ${unknown.join(', ')}. Choisissez parmi ${PERMISSIONS.join(', ')}.`);
}

function parseDays(value: string): number {
  const days = Number(value);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`Durée invalide : ${value}. Donnez un nombre de jours de 1 à ${MOST_DAYS}.`);
}

async function makeToken(
  context: CliContext,
  name: string,
  { scopes, days, label }: { readonly scopes: readonly Permission[]; readonly days: number; readonly label: string },
): Promise<number> {
  return withTracker(context, async (tracker) => {
    const key = await tracker.accountKey(name);
    if (key === undefined) {
      throw new CliError('ACCOUNT_UNKNOWN', EXIT.usage, `Aucun compte « ${name} ».`, 'Voyez « jalon accounts list ».');
    }
    const beyond = scopes.filter((scope) => !permissionsOf(key.account.role).includes(scope));
    if (beyond.length > 0) {
      throw new CliError(
        'TOKEN_SCOPES',
        EXIT.usage,
        `Le rôle ${key.account.role} ne permet pas : ${beyond.join(', ')}.`,
        'Retirez ces droits : un jeton ne peut pas plus que son compte.',
      );
    }
    const now = context.now();
    const secret = newToken();
    const token = await tracker.addToken(
      {
        id: randomUUID(),
        account: name,
        label,
        hash: digestOf(secret),
        scopes,
        expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
      },
      { by: 'jalon accounts', at: now.toISOString() },
    );
    context.out(
      context.json
        ? `${JSON.stringify({ token, secret })}\n`
        : `Jeton de ${name}, montré cette fois seulement, jusqu’au ${token.expiresAt.slice(0, 10)} : ${secret}\n`,
    );
  });
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
