import type { Kysely, Transaction } from 'kysely';
import { TrackerStoreError } from './errors.ts';
import type { Schema } from './schema.ts';

/** A call that may come twice, as its caller names it. */
export interface CallKey {
  readonly actor: string;
  /** What the caller sends with each attempt. */
  readonly key: string;
  /** Digest of what is asked. */
  readonly request: string;
}

/** Nobody sends a call again after that. */
const KEPT_MS = 7 * 24 * 3600_000;

/**
 * The answer that a call had, when it came before.
 *
 * @throws {TrackerStoreError} `KEY_REUSED` when the same key came with something else
 */
export async function receiptOf(db: Kysely<Schema>, { actor, key, request }: CallKey): Promise<string | undefined> {
  const row = await db
    .selectFrom('receipt')
    .select(['request', 'answer'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row !== undefined && row.request !== request) {
    throw new TrackerStoreError(
      'KEY_REUSED',
      'Cette clé d’idempotence a déjà servi à autre chose.',
      'Prenez une nouvelle clé pour chaque envoi, et la même pour ses reprises.',
    );
  }
  return row?.answer;
}

/** Keeps the answer of a call, in the transaction of what it did: both are there, or none. @param at ISO 8601 UTC */
export async function keepReceipt(
  trx: Transaction<Schema>,
  { actor, key, request }: CallKey,
  answer: string,
  at: string,
): Promise<void> {
  const oldest = new Date(Date.parse(at) - KEPT_MS).toISOString();
  await trx.deleteFrom('receipt').where('at', '<', oldest).execute();
  await trx.insertInto('receipt').values({ actor, key, request, answer, at }).execute();
}
