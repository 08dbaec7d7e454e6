import { PERMISSIONS, ROLES } from '../../access/index.ts';
import { count, flag, instant, list, object, oneOf, orNull, ref, text, type Schema } from '../contract/schema.ts';

const token = object(
  {
    id: text,
    account: text,
    label: text,
    scopes: list(oneOf(PERMISSIONS)),
    createdAt: instant,
    expiresAt: instant,
    usedAt: instant,
    revokedAt: instant,
  },
  ['usedAt', 'revokedAt'],
);

const webhook = object(
  {
    id: text,
    url: text,
    campaign: text,
    author: text,
    createdAt: instant,
    cursor: count,
    failures: count,
    nextAt: instant,
    lastResult: text,
    active: flag,
  },
  ['campaign', 'nextAt'],
);

/** Who logs in, and what programs are told. */
export const TEAM_SCHEMAS: Readonly<Record<string, Schema>> = {
  Role: oneOf(ROLES),
  Permission: oneOf(PERMISSIONS),
  Session: object({
    team: flag,
    provider: flag,
    local: flag,
    name: orNull(text),
    role: orNull(ref('Role')),
    permissions: list(ref('Permission')),
    csrf: orNull(text),
    via: orNull(oneOf(['poste', 'session', 'jeton'])),
  }),
  Account: object(
    {
      name: text,
      role: ref('Role'),
      disabled: flag,
      local: flag,
      provider: text,
      createdAt: instant,
      revision: count,
    },
    ['provider'],
  ),
  AccountList: object({ total: count, next: orNull(text), accounts: list(ref('Account')) }),
  Token: token,
  TokenList: object({ total: count, next: orNull(text), tokens: list(ref('Token')) }),
  NewToken: object({ token: ref('Token'), secret: text }),
  Webhook: webhook,
  WebhookList: object({ total: count, next: orNull(text), webhooks: list(ref('Webhook')) }),
  NewWebhook: object({ webhook: ref('Webhook'), secret: text }),
  Roles: object({
    roles: list(object({ id: ref('Role'), title: text, permissions: list(ref('Permission')) })),
  }),
};
