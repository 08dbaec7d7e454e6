import { randomUUID } from 'node:crypto';
import {
  digestOf,
  hashPassword,
  judgePassword,
  newToken,
  permissionsOf,
  PERMISSIONS,
  readAccountName,
  ROLES,
  type Account,
  type Permission,
  type Role,
} from '../../access/index.ts';
import { refusal, type Outcome } from '../../domain/index.ts';
import type { ApiToken } from '../../store/index.ts';
import {
  change,
  flag,
  identityOf,
  instant,
  list,
  object,
  oneOf,
  paged,
  pageParameters,
  ref,
  written,
  type Column,
  type Route,
} from '../contract/index.ts';
import { problem } from '../problems/index.ts';
import { granted, type Deps } from './deps.ts';

const SHORTEST_MS = 3600_000;
const LONGEST_MS = 366 * 24 * 3600_000;
const PASSWORD = { type: 'string', maxLength: 1_000 } as const;

const ACCOUNTS: readonly Column<Account>[] = [
  { title: 'Compte', width: 30, value: ({ name }) => name },
  { title: 'Rôle', value: ({ role }) => role },
  { title: 'Fermé', value: ({ disabled }) => (disabled ? 'oui' : 'non') },
  { title: 'Mot de passe', value: ({ local }) => (local ? 'oui' : 'non') },
  { title: 'Fournisseur', width: 40, value: ({ provider }) => provider },
  { title: 'Créé le', value: ({ createdAt }) => createdAt.slice(0, 10) },
];

const TOKENS: readonly Column<ApiToken>[] = [
  { title: 'Jeton', width: 30, value: ({ label }) => label },
  { title: 'Compte', value: ({ account }) => account },
  { title: 'Droits', width: 40, value: ({ scopes }) => scopes.join(', ') },
  { title: 'Créé le', value: ({ createdAt }) => createdAt },
  { title: 'Échoit le', value: ({ expiresAt }) => expiresAt },
  { title: 'Servi le', value: ({ usedAt }) => usedAt },
  { title: 'Révoqué le', value: ({ revokedAt }) => revokedAt },
];

/** Accounts, and the tokens of programs. They exist where people log in. */
export function accountRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'accounts',
      method: 'get',
      path: '/api/accounts',
      summary: 'Comptes',
      permission: 'administrer',
      query: pageParameters(),
      reply: {
        kind: 'view',
        schema: ref('AccountList'),
        list: { items: 'accounts', file: 'comptes', columns: ACCOUNTS },
      },
      async handle({ page }) {
        const { items, ...rest } = paged(await tracker.accounts(), ({ name }) => name, page);
        return { view: { ...rest, accounts: items } };
      },
    },
    {
      id: 'addAccount',
      method: 'post',
      path: '/api/accounts',
      summary: 'Crée un compte local',
      permission: 'administrer',
      body: {
        kind: 'json',
        schema: object({ name: written(200), role: oneOf(ROLES), password: PASSWORD }),
      },
      reply: { kind: 'view', schema: ref('Account'), status: 201 },
      async handle({ body, author }) {
        const asked = body as { readonly name: string; readonly role: Role; readonly password: string };
        const name = granted(readAccountName(asked.name));
        const password = await hashPassword(granted(judgePassword(asked.password, name)));
        const account = granted(await tracker.addAccount({ name, role: asked.role, password }, author));
        return {
          view: account,
          revision: account.revision,
          location: `/api/accounts/${encodeURIComponent(account.name)}`,
        };
      },
    },
    {
      id: 'account',
      method: 'get',
      path: '/api/accounts/{account}',
      summary: 'Un compte',
      permission: 'administrer',
      parameters: { account: 'Nom du compte' },
      reply: { kind: 'view', schema: ref('Account') },
      async handle({ params }) {
        const name = params['account'] ?? '';
        const key = await tracker.accountKey(name);
        if (key === undefined) throw problem('COMPTE_INCONNU', { id: name.slice(0, 64) });
        return { view: key.account, revision: key.account.revision };
      },
    },
    {
      id: 'changeAccount',
      method: 'patch',
      path: '/api/accounts/{account}',
      summary: 'Change le rôle d’un compte, le ferme, ou lui donne un nouveau mot de passe',
      permission: 'administrer',
      parameters: { account: 'Nom du compte' },
      body: { kind: 'json', schema: change({ role: oneOf(ROLES), disabled: flag, password: PASSWORD }) },
      reply: { kind: 'view', schema: ref('Account') },
      ifMatch: true,
      async handle({ params, body, seen, author }) {
        const name = params['account'] ?? '';
        const { password, ...asked } = body as {
          readonly role?: Role;
          readonly disabled?: boolean;
          readonly password?: string;
        };
        const hashed =
          password === undefined ? {} : { password: await hashPassword(granted(judgePassword(password, name))) };
        const account = granted(await tracker.changeAccount({ name, seen }, { ...asked, ...hashed }, author));
        return { view: account, revision: account.revision };
      },
    },
    {
      id: 'tokens',
      method: 'get',
      path: '/api/tokens',
      summary: 'Ses jetons ; tous, pour l’administration',
      permission: 'lire',
      session: true,
      query: pageParameters(),
      reply: { kind: 'view', schema: ref('TokenList'), list: { items: 'tokens', file: 'jetons', columns: TOKENS } },
      async handle({ page, actor, context }) {
        const all = actor.permissions.includes('administrer');
        const own = identityOf(context)?.account;
        const tokens = await tracker.apiTokens(all ? undefined : own);
        const { items, ...rest } = paged(tokens, ({ id }) => id, page);
        return { view: { ...rest, tokens: items } };
      },
    },
    {
      id: 'addToken',
      method: 'post',
      path: '/api/tokens',
      summary: 'Crée un jeton de son compte ; il n’est montré qu’une fois',
      permission: 'lire',
      session: true,
      body: {
        kind: 'json',
        schema: object({
          label: written(60, 1),
          scopes: { ...list(oneOf(PERMISSIONS)), minItems: 1, uniqueItems: true },
          expiresAt: instant,
        }),
      },
      reply: { kind: 'view', schema: ref('NewToken'), status: 201 },
      async handle({ body, actor, author, context }) {
        const asked = body as {
          readonly label: string;
          readonly scopes: readonly Permission[];
          readonly expiresAt: string;
        };
        const account = identityOf(context)?.account;
        if (account === undefined) throw problem('SESSION_DEMANDEE');
        const scopes = granted(scopesOf(asked.scopes, permissionsOf(actor.role)));
        const expiresAt = granted(expiryOf(asked.expiresAt, deps.now()));
        const secret = newToken();
        const token = await tracker.addToken(
          { id: randomUUID(), account, label: asked.label, hash: digestOf(secret), scopes, expiresAt },
          author,
        );
        return { view: { token, secret } };
      },
    },
    {
      id: 'revokeToken',
      method: 'delete',
      path: '/api/tokens/{token}',
      summary: 'Révoque un de ses jetons ; n’importe lequel, pour l’administration',
      permission: 'lire',
      session: true,
      parameters: { token: 'Identifiant du jeton' },
      reply: { kind: 'view', schema: ref('Token') },
      async handle({ params, actor, author, context }) {
        const account = identityOf(context)?.account;
        const place = {
          id: params['token'] ?? '',
          ...(actor.permissions.includes('administrer') ? {} : { account: account ?? '' }),
        };
        return { view: granted(await tracker.revokeToken(place, author)) };
      },
    },
  ];
}

function scopesOf(asked: readonly Permission[], allowed: readonly Permission[]): Outcome<readonly Permission[]> {
  const beyond = asked.filter((scope) => !allowed.includes(scope));
  if (beyond.length === 0) return { ok: true, value: asked };
  return refusal(
    'TOKEN_SCOPES',
    `Votre rôle ne permet pas : ${beyond.join(', ')}.`,
    'Retirez ces droits : un jeton ne peut pas plus que son compte.',
  );
}

function expiryOf(text: string, now: Date): Outcome<string> {
  const at = new Date(text);
  const left = at.getTime() - now.getTime();
  if (left >= SHORTEST_MS && left <= LONGEST_MS) return { ok: true, value: at.toISOString() };
  return refusal('TOKEN_EXPIRY', 'Un jeton échoit entre une heure et un an.', 'Donnez une fin dans ces bornes.');
}
