import type { Kysely, Transaction } from 'kysely';
import type { Deposit, PaymentRequest, StatusChange } from '../asp/types.ts';
import { appendAudit } from './audit.ts';
import { chunks, type Author } from './author.ts';
import { TrackerStoreError } from './errors.ts';
import type { Schema } from './schema.ts';

/** The two files of a request are handed in apart. */
export type RequestPart = 'json' | 'zip';

const PARTS: readonly RequestPart[] = ['json', 'zip'];

/** Requests for payment, oldest first; of one order when its number is given. */
export async function paymentRequests(db: Kysely<Schema>, order?: string): Promise<readonly PaymentRequest[]> {
  let rows = db.selectFrom('payment_request').select('json').orderBy('created_at').orderBy('id');
  let statuses = db
    .selectFrom('deposit_status')
    .innerJoin('payment_request', 'payment_request.id', 'deposit_status.request')
    .select(['request', 'part', 'status', 'at', 'author', 'note'])
    .orderBy('deposit_status.id');
  if (order !== undefined) {
    rows = rows.where('purchase_order', '=', order);
    statuses = statuses.where('payment_request.purchase_order', '=', order);
  }
  const histories = new Map<string, StatusChange[]>();
  for (const row of await statuses.execute()) {
    const key = historyKey(row.request, row.part);
    const history = histories.get(key) ?? [];
    histories.set(key, history);
    history.push(changeOf(row));
  }
  return (await rows.execute()).map(({ json }) => {
    const request = JSON.parse(json) as PaymentRequest;
    const whole = (part: RequestPart, deposit: Deposit): Deposit => ({
      ...deposit,
      history: histories.get(historyKey(request.id, part)) ?? [],
    });
    return {
      ...request,
      json: whole('json', request.json),
      ...(request.zip === undefined ? {} : { zip: whole('zip', request.zip) }),
    };
  });
}

/**
 * Keeps requests, in one transaction. One of a known id is replaced, and its histories go on from those kept: nothing of
 * them is rewritten.
 *
 * @throws {TrackerStoreError} `REQUEST_STALE` when a history does not begin with what is kept; nothing is then written
 */
export function putPaymentRequests(
  database: Kysely<Schema>,
  given: readonly PaymentRequest[],
  author: Author,
): Promise<void> {
  return database.transaction().execute((db) => put(db, given, author));
}

/**
 * Adds a status to one of the files of a request; whether it may follow is judged before (`tracker/asp`).
 *
 * @returns the request with its new history
 * @throws {TrackerStoreError} `REQUEST_UNKNOWN`
 */
export function appendStatus(
  database: Kysely<Schema>,
  id: string,
  part: RequestPart,
  change: StatusChange,
): Promise<PaymentRequest> {
  return database.transaction().execute(async (db) => {
    const row = await db.selectFrom('payment_request').select('purchase_order').where('id', '=', id).executeTakeFirst();
    const before = (await paymentRequests(db, row?.purchase_order ?? '')).find((one) => one.id === id);
    const deposit = before?.[part];
    if (before === undefined || deposit === undefined) {
      throw new TrackerStoreError(
        'REQUEST_UNKNOWN',
        before === undefined
          ? `Aucune demande de paiement ne porte l’identifiant ${id}.`
          : `La demande ${id} n’a pas de zip de pièces.`,
        'Vérifiez l’identifiant de la demande.',
      );
    }
    const after = { ...before, [part]: { ...deposit, history: [...deposit.history, change] } };
    await put(db, [after], change);
    return after;
  });
}

async function put(db: Transaction<Schema>, given: readonly PaymentRequest[], { at, by }: Author): Promise<void> {
  // Read whole: one query for ten thousand requests instead of ten thousand.
  const known = new Map((await paymentRequests(db)).map((request) => [request.id, request]));
  for (const some of chunks(given)) {
    await db
      .insertInto('payment_request')
      .values(
        some.map((request) => ({
          id: request.id,
          purchase_order: request.order,
          kind: request.kind,
          json: JSON.stringify(bare(request)),
          created_at: at,
          updated_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          purchase_order: row.ref('excluded.purchase_order'),
          kind: row.ref('excluded.kind'),
          json: row.ref('excluded.json'),
          updated_at: row.ref('excluded.updated_at'),
        })),
      )
      .execute();
  }
  const changes = given.flatMap((request) => PARTS.flatMap((part) => newChanges(request, known.get(request.id), part)));
  for (const some of chunks(changes)) {
    await db
      .insertInto('deposit_status')
      .values(
        some.map(({ request, part, change }) => ({
          request: request.id,
          part,
          status: change.status,
          at: change.at,
          author: change.by,
          note: change.note ?? null,
        })),
      )
      .execute();
    await appendAudit(
      db,
      some.map(({ request, part, change, before }) => ({
        at: change.at,
        actor: change.by,
        action: `demande d${request.kind === 'avance' ? '’avance' : 'e solde'}, ${part}`,
        subject: request.id,
        detail: `${before ?? 'rien'} → ${change.status}${change.note === undefined ? '' : ` : ${change.note}`}`,
      })),
    );
  }
  const silent = given.filter((request) => {
    const before = known.get(request.id);
    return before !== undefined && JSON.stringify(bare(before)) !== JSON.stringify(bare(request));
  });
  for (const some of chunks(silent)) {
    await appendAudit(
      db,
      some.map((request) => ({
        at,
        actor: by,
        action: 'demande de paiement modifiée',
        subject: request.id,
        detail: JSON.stringify([bare(known.get(request.id) ?? request), bare(request)]),
      })),
    );
  }
}

interface NewChange {
  readonly request: PaymentRequest;
  readonly part: RequestPart;
  readonly change: StatusChange;
  readonly before: string | undefined;
}

function newChanges(
  request: PaymentRequest,
  known: PaymentRequest | undefined,
  part: RequestPart,
): readonly NewChange[] {
  const kept = known?.[part]?.history ?? [];
  const given = request[part]?.history ?? [];
  if (kept.some((change, index) => !sameChange(change, given[index]))) {
    throw new TrackerStoreError(
      'REQUEST_STALE',
      `L’historique de la demande ${request.id} (${part}) ne continue pas celui du suivi.`,
      'Un autre traitement l’a changée entre-temps : relisez la demande, puis recommencez.',
    );
  }
  return given
    .slice(kept.length)
    .map((change, index) => ({ request, part, change, before: given[kept.length + index - 1]?.status }));
}

function sameChange(one: StatusChange, other: StatusChange | undefined): boolean {
  return one.status === other?.status && one.at === other.at && one.by === other.by && one.note === other.note;
}

function bare(request: PaymentRequest): PaymentRequest {
  const without = (deposit: Deposit): Deposit => ({ ...deposit, history: [] });
  return {
    ...request,
    json: without(request.json),
    ...(request.zip === undefined ? {} : { zip: without(request.zip) }),
  };
}

const historyKey = (request: string, part: string): string => JSON.stringify([request, part]);

function changeOf(row: {
  readonly status: string;
  readonly at: string;
  readonly author: string;
  readonly note: string | null;
}): StatusChange {
  return {
    status: row.status as StatusChange['status'],
    at: row.at,
    by: row.author,
    ...(row.note === null ? {} : { note: row.note }),
  };
}
