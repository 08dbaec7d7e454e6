import type { Kysely, Selectable } from 'kysely';
import { refusal, type Outcome } from '../domain/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { lastChange } from './history.ts';
import type { Schema } from './schema.ts';

/** Where changes are sent; its secret is not shown again. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Campaign that it follows; absent: all of them. */
  readonly campaign?: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Last change that the receiver took. */
  readonly cursor: number;
  /** Attempts that failed since. */
  readonly failures: number;
  /** ISO 8601 UTC; absent: at once. */
  readonly nextAt?: string;
  /** French: what the receiver said last. */
  readonly lastResult: string;
  /** False once it failed for too long, or was stopped. */
  readonly active: boolean;
}

export interface NewWebhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly campaign?: string;
}

/** What came of an attempt. */
export interface WebhookProgress {
  readonly cursor: number;
  readonly failures: number;
  readonly nextAt: string;
  readonly lastResult: string;
  readonly active: boolean;
}

/** Webhooks, oldest first. */
export async function webhooks(db: Kysely<Schema>): Promise<readonly Webhook[]> {
  const rows = await db.selectFrom('webhook').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(webhookOf);
}

/** Makes a webhook, which follows what changes from now on. */
export function addWebhook(db: Kysely<Schema>, given: NewWebhook, author: Author): Promise<Webhook> {
  return db.transaction().execute(async (trx) => {
    const { id, url, secret, campaign } = given;
    await appendAudit(trx, [
      { at: author.at, actor: author.by, action: 'webhook créé', subject: id, detail: new URL(url).host },
    ]);
    const row = {
      id,
      url,
      secret,
      campaign: campaign ?? null,
      author: author.by,
      created_at: author.at,
      cursor: await lastChange(trx),
    };
    await trx.insertInto('webhook').values(row).execute();
    return webhookOf({ ...row, failures: 0, next_at: '', last_result: '', active: 1 });
  });
}

/** @returns `WEBHOOK_UNKNOWN` */
export function removeWebhook(db: Kysely<Schema>, id: string, author: Author): Promise<Outcome<true>> {
  return db.transaction().execute(async (trx): Promise<Outcome<true>> => {
    const row = await trx.selectFrom('webhook').select('url').where('id', '=', id).executeTakeFirst();
    if (row === undefined) {
      return refusal('WEBHOOK_UNKNOWN', 'Aucun webhook de ce numéro.', 'Rechargez la liste des webhooks.');
    }
    await trx.deleteFrom('webhook').where('id', '=', id).execute();
    await appendAudit(trx, [
      { at: author.at, actor: author.by, action: 'webhook retiré', subject: id, detail: new URL(row.url).host },
    ]);
    return { ok: true, value: true };
  });
}

/**
 * Takes the next webhook that has something to try, for a time: two servers on one database do not both send to it.
 *
 * @param at ISO 8601 UTC @param until when another one may take it again
 */
export function claimWebhook(
  db: Kysely<Schema>,
  at: string,
  until: string,
): Promise<{ readonly webhook: Webhook; readonly secret: string } | undefined> {
  return db.transaction().execute(async (trx) => {
    const last = await lastChange(trx);
    const row = await trx
      .selectFrom('webhook')
      .selectAll()
      .where('active', '=', 1)
      .where('cursor', '<', last)
      .where('next_at', '<=', at)
      .orderBy('next_at')
      .orderBy('id')
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await trx.updateTable('webhook').set({ next_at: until }).where('id', '=', row.id).execute();
    return { webhook: webhookOf(row), secret: row.secret };
  });
}

/** Keeps what came of an attempt; a webhook that was removed meanwhile stays removed. */
export async function settleWebhook(db: Kysely<Schema>, id: string, progress: WebhookProgress): Promise<void> {
  const { cursor, failures, nextAt, lastResult, active } = progress;
  await db
    .updateTable('webhook')
    .set({ cursor, failures, next_at: nextAt, last_result: lastResult, active: Number(active) })
    .where('id', '=', id)
    .execute();
}

function webhookOf(row: Omit<Selectable<Schema['webhook']>, 'secret'>): Webhook {
  const { id, url, campaign, author, created_at, cursor, failures, next_at, last_result, active } = row;
  return {
    id,
    url,
    ...(campaign === null ? {} : { campaign }),
    author,
    createdAt: created_at,
    cursor,
    failures,
    ...(next_at === '' ? {} : { nextAt: next_at }),
    lastResult: last_result,
    active: active === 1,
  };
}
