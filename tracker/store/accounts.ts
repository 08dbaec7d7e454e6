import type { Kysely } from 'kysely';
import { refusal, type Outcome } from '../domain/index.ts';
import type { Account, Role } from '../access/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { changedMeanwhile } from './decisions.ts';
import type { Schema } from './schema.ts';

/** An account with what opens it. */
export interface AccountKey {
  readonly account: Account;
  /** PHC string; null when only the identity provider opens it. */
  readonly password: string | null;
}

export interface NewAccount {
  readonly name: string;
  readonly role: Role;
  /** PHC string. */
  readonly password?: string;
  /** `issuer subject` of the identity provider. */
  readonly identity?: string;
}

/** What is changed; what is not named stays. */
export interface AccountChange {
  readonly role?: Role;
  readonly disabled?: boolean;
  /** PHC string. */
  readonly password?: string;
}

/** Accounts, by name. */
export async function accounts(db: Kysely<Schema>): Promise<readonly Account[]> {
  const rows = await db.selectFrom('account').selectAll().orderBy('name').execute();
  return rows.map(accountOf);
}

export async function accountKey(db: Kysely<Schema>, name: string): Promise<AccountKey | undefined> {
  const row = await db.selectFrom('account').selectAll().where('name', '=', name).executeTakeFirst();
  return row && { account: accountOf(row), password: row.password };
}

/** @param identity `issuer subject` */
export async function accountOfIdentity(db: Kysely<Schema>, identity: string): Promise<Account | undefined> {
  const row = await db.selectFrom('account').selectAll().where('identity', '=', identity).executeTakeFirst();
  return row && accountOf(row);
}

/**
 * Makes an account.
 *
 * @returns `ACCOUNT_EXISTS` when the name is taken, whatever its capitals
 */
export function addAccount(db: Kysely<Schema>, given: NewAccount, author: Author): Promise<Outcome<Account>> {
  return db.transaction().execute(async (trx): Promise<Outcome<Account>> => {
    const { name, role, password = null, identity = null } = given;
    const names = await trx.selectFrom('account').select('name').execute();
    // Two names that only a careful eye tells apart would be one person in the audit.
    if (names.some((row) => row.name.toLowerCase() === name.toLowerCase())) {
      return refusal('ACCOUNT_EXISTS', `Le compte « ${name} » existe déjà.`, 'Donnez un autre nom.');
    }
    const row = { name, role, password, identity, created_at: author.at };
    await trx.insertInto('account').values(row).execute();
    const account = accountOf({ ...row, disabled: 0, revision: 1 });
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'compte créé',
        subject: name,
        detail: identity === null ? '' : 'par le fournisseur d’identité',
        before: null,
        after: JSON.stringify({ role, disabled: false }),
      },
    ]);
    return { ok: true, value: account };
  });
}

/**
 * Changes an account; its sessions are closed when it is disabled, or when somebody gives it a new password.
 *
 * @param seen revision that the person saw
 * @returns `ACCOUNT_UNKNOWN`, or `LAST_ADMINISTRATOR` when nobody could then keep the tracker
 * @throws {TrackerStoreError} `CHANGED_MEANWHILE`
 */
export function changeAccount(
  db: Kysely<Schema>,
  place: { readonly name: string; readonly seen: number },
  change: AccountChange,
  author: Author,
): Promise<Outcome<Account>> {
  return db.transaction().execute(async (trx): Promise<Outcome<Account>> => {
    const { name, seen } = place;
    const former = await trx.selectFrom('account').selectAll().where('name', '=', name).executeTakeFirst();
    if (former === undefined) return unknown(name);
    if (former.revision !== seen) throw changedMeanwhile(`Le compte ${name}`);
    const next = {
      ...former,
      role: change.role ?? former.role,
      disabled: change.disabled === undefined ? former.disabled : Number(change.disabled),
      password: change.password ?? former.password,
      revision: seen + 1,
    };
    const keeps = (row: { readonly role: string; readonly disabled: number }): boolean =>
      row.role === 'administrateur' && row.disabled === 0;
    if (keeps(former) && !keeps(next)) {
      const all = await trx.selectFrom('account').select(['name', 'role', 'disabled']).execute();
      if (!all.some((row) => row.name !== name && keeps(row))) {
        return refusal(
          'LAST_ADMINISTRATOR',
          `« ${name} » est le seul compte d’administration.`,
          'Donnez d’abord ce rôle à un autre compte.',
        );
      }
    }
    const { name: _, created_at: __, identity: ___, ...values } = next;
    await trx.updateTable('account').set(values).where('name', '=', name).execute();
    if (next.disabled === 1 || change.password !== undefined) {
      await trx.deleteFrom('session').where('account', '=', name).execute();
    }
    const told = (row: { readonly role: string; readonly disabled: number }): string =>
      JSON.stringify({ role: row.role, disabled: row.disabled === 1 });
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'compte modifié',
        subject: name,
        detail: change.password === undefined ? '' : 'mot de passe changé',
        before: told(former),
        after: told(next),
      },
    ]);
    return { ok: true, value: accountOf(next) };
  });
}

function unknown(name: string): Outcome<never> {
  return refusal('ACCOUNT_UNKNOWN', `Aucun compte « ${name} ».`, 'Choisissez-le dans la liste des comptes.');
}

function accountOf(row: {
  readonly name: string;
  readonly role: string;
  readonly password: string | null;
  readonly identity: string | null;
  readonly disabled: number;
  readonly created_at: string;
  readonly revision: number;
}): Account {
  const provider = row.identity?.split(' ')[0];
  return {
    name: row.name,
    role: row.role as Role,
    disabled: row.disabled === 1,
    local: row.password !== null,
    ...(provider === undefined ? {} : { provider }),
    createdAt: row.created_at,
    revision: row.revision,
  };
}
