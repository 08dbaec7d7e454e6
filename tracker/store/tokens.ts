import type { Kysely } from 'kysely';
import type { Permission, Role } from '../access/index.ts';
import { refusal, type Outcome } from '../domain/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import type { Schema } from './schema.ts';

/** A token of a program, without its secret. */
export interface ApiToken {
  readonly id: string;
  readonly account: string;
  readonly label: string;
  readonly scopes: readonly Permission[];
  /** ISO 8601 UTC, all of them. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt?: string;
  readonly revokedAt?: string;
}

export interface NewToken {
  readonly id: string;
  readonly account: string;
  readonly label: string;
  /** Digest of the token. */
  readonly hash: string;
  readonly scopes: readonly Permission[];
  readonly expiresAt: string;
}

/** What a token opens today. */
export interface TokenKey {
  readonly token: ApiToken;
  readonly role: Role;
}

/** Tokens of an account, or all of them, the last made first. */
export async function apiTokens(db: Kysely<Schema>, account?: string): Promise<readonly ApiToken[]> {
  let query = db.selectFrom('api_token').selectAll().orderBy('created_at', 'desc').orderBy('id');
  if (account !== undefined) query = query.where('account', '=', account);
  return (await query.execute()).map(tokenOf);
}

/** Makes a token. */
export function addToken(db: Kysely<Schema>, given: NewToken, author: Author): Promise<ApiToken> {
  return db.transaction().execute(async (trx) => {
    const { id, account, label, hash, scopes, expiresAt } = given;
    const row = {
      id,
      account,
      label,
      hash,
      scopes: JSON.stringify(scopes),
      created_at: author.at,
      expires_at: expiresAt,
      used_at: null,
      revoked_at: null,
    };
    await trx.insertInto('api_token').values(row).execute();
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'jeton créé',
        subject: account,
        detail: `${label} : ${scopes.join(', ')}, jusqu’au ${expiresAt.slice(0, 10)}`,
      },
    ]);
    return tokenOf(row);
  });
}

/**
 * Takes a token away.
 *
 * @param account only if it is one of this account
 * @returns `TOKEN_UNKNOWN`
 */
export function revokeToken(
  db: Kysely<Schema>,
  place: { readonly id: string; readonly account?: string },
  author: Author,
): Promise<Outcome<ApiToken>> {
  return db.transaction().execute(async (trx): Promise<Outcome<ApiToken>> => {
    const row = await trx.selectFrom('api_token').selectAll().where('id', '=', place.id).executeTakeFirst();
    if (row === undefined || (place.account !== undefined && row.account !== place.account)) {
      return refusal('TOKEN_UNKNOWN', 'Aucun jeton de ce numéro.', 'Rechargez la liste des jetons.');
    }
    if (row.revoked_at !== null) return { ok: true, value: tokenOf(row) };
    await trx.updateTable('api_token').set({ revoked_at: author.at }).where('id', '=', row.id).execute();
    await appendAudit(trx, [
      { at: author.at, actor: author.by, action: 'jeton révoqué', subject: row.account, detail: row.label },
    ]);
    return { ok: true, value: tokenOf({ ...row, revoked_at: author.at }) };
  });
}

/** Of a token that is neither over nor revoked, of an account that is not disabled. @param at ISO 8601 UTC */
export async function tokenKey(db: Kysely<Schema>, hash: string, at: string): Promise<TokenKey | undefined> {
  const row = await db
    .selectFrom('api_token')
    .innerJoin('account', 'account.name', 'api_token.account')
    .selectAll('api_token')
    .select('role')
    .where('hash', '=', hash)
    .where('expires_at', '>', at)
    .where('revoked_at', 'is', null)
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return row && { token: tokenOf(row), role: row.role as Role };
}

/** When a token was last used, to the hour: a token in use all day writes little. */
export async function touchToken(db: Kysely<Schema>, id: string, at: string): Promise<void> {
  const hour = `${at.slice(0, 13)}:00:00.000Z`;
  await db
    .updateTable('api_token')
    .set({ used_at: hour })
    .where('id', '=', id)
    .where((where) => where.or([where('used_at', 'is', null), where('used_at', '<', hour)]))
    .execute();
}

function tokenOf(row: Schema['api_token']): ApiToken {
  return {
    id: row.id,
    account: row.account,
    label: row.label,
    scopes: JSON.parse(row.scopes) as readonly Permission[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.used_at === null ? {} : { usedAt: row.used_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}
