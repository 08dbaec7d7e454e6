import type { Kysely } from 'kysely';
import type { Role } from '../access/index.ts';
import type { Schema } from './schema.ts';

/** An open session of an account that is not disabled. */
export interface Session {
  readonly account: string;
  readonly role: Role;
  /** Whether the account has a password of its own to change. */
  readonly local: boolean;
  readonly csrf: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
}

export interface NewSession {
  /** Digest of the cookie. */
  readonly hash: string;
  readonly account: string;
  readonly csrf: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly expiresAt: string;
}

/** Opens a session; those that are over are swept at the same time. */
export function openSession(db: Kysely<Schema>, given: NewSession): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const { hash, account, csrf, at, expiresAt } = given;
    await trx.deleteFrom('session').where('expires_at', '<=', at).execute();
    await trx
      .insertInto('session')
      .values({ hash, account, csrf, created_at: at, seen_at: at, expires_at: expiresAt })
      .execute();
  });
}

/** @param hash digest of the cookie @param at ISO 8601 UTC: one that is over is none */
export async function sessionOf(db: Kysely<Schema>, hash: string, at: string): Promise<Session | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.name', 'session.account')
    .select(['account.name', 'role', 'password', 'csrf', 'session.created_at', 'seen_at', 'expires_at'])
    .where('hash', '=', hash)
    .where('expires_at', '>', at)
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return (
    row && {
      account: row.name,
      role: row.role as Role,
      local: row.password !== null,
      csrf: row.csrf,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
    }
  );
}

/** The session goes on. */
export async function touchSession(
  db: Kysely<Schema>,
  hash: string,
  { at, expiresAt }: { readonly at: string; readonly expiresAt: string },
): Promise<void> {
  await db.updateTable('session').set({ seen_at: at, expires_at: expiresAt }).where('hash', '=', hash).execute();
}

/** @param account closes all of an account; else the one of the digest */
export async function closeSessions(
  db: Kysely<Schema>,
  which: { readonly hash: string } | { readonly account: string },
): Promise<void> {
  const query = db.deleteFrom('session');
  await ('hash' in which ? query.where('hash', '=', which.hash) : query.where('account', '=', which.account)).execute();
}
