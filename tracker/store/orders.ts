import type { Kysely } from 'kysely';
import type { Order } from '../orders/types.ts';
import { appendAudit } from './audit.ts';
import { chunks, type Author } from './author.ts';
import type { Schema } from './schema.ts';

/** What an import did, by numbers of orders. */
export interface OrdersImport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

/** Orders of the book, by number. */
export async function orders(db: Kysely<Schema>): Promise<readonly Order[]> {
  const rows = await db.selectFrom('purchase_order').select('json').orderBy('number').execute();
  return rows.map(({ json }) => JSON.parse(json) as Order);
}

export async function orderNumbered(db: Kysely<Schema>, number: string): Promise<Order | undefined> {
  const row = await db.selectFrom('purchase_order').select('json').where('number', '=', number).executeTakeFirst();
  return row && (JSON.parse(row.json) as Order);
}

/**
 * Adds orders to the book, in one transaction: an order of a known number is replaced, and the audit keeps each field
 * that changed, before and after. Rules between orders are judged before (`settleBook`).
 */
export function importOrders(
  database: Kysely<Schema>,
  given: readonly Order[],
  { at, by }: Author,
): Promise<OrdersImport> {
  return database.transaction().execute(async (db) => {
    const known = new Map((await orders(db)).map((order) => [order.number, order]));
    const fields = given.map((order) => [order, changedFields(known.get(order.number), order)] as const);
    const touched = fields.filter(([, changes]) => Object.keys(changes).length > 0);
    for (const some of chunks(touched)) {
      await db
        .insertInto('purchase_order')
        .values(
          some.map(([order]) => ({
            number: order.number,
            couloir: order.couloir,
            wave: order.wave,
            instance: order.instance,
            client_siret: order.client.siret,
            signed_on: order.signedOn ?? null,
            json: JSON.stringify(order),
            created_at: at,
            updated_at: at,
          })),
        )
        .onConflict((conflict) =>
          conflict.column('number').doUpdateSet((row) => ({
            couloir: row.ref('excluded.couloir'),
            wave: row.ref('excluded.wave'),
            instance: row.ref('excluded.instance'),
            client_siret: row.ref('excluded.client_siret'),
            signed_on: row.ref('excluded.signed_on'),
            json: row.ref('excluded.json'),
            updated_at: row.ref('excluded.updated_at'),
          })),
        )
        .execute();
      await appendAudit(
        db,
        some.map(([{ number }, changes]) => {
          const action = known.has(number) ? 'bon de commande modifié' : 'bon de commande ajouté';
          return { at, actor: by, action, subject: number, detail: JSON.stringify(changes) };
        }),
      );
    }
    const numbers = touched.map(([{ number }]) => number);
    const changed = numbers.filter((number) => known.has(number));
    const touchedNumbers = new Set(numbers);
    return {
      added: numbers.filter((number) => !known.has(number)),
      changed,
      unchanged: given.map(({ number }) => number).filter((number) => !touchedNumbers.has(number)),
    };
  });
}

/** Fields that differ: `[before, after]`, null where there is none. A new order differs in all of them. */
function changedFields(before: Order | undefined, after: Order): Readonly<Record<string, readonly [unknown, unknown]>> {
  const left = (before ?? {}) as Readonly<Record<string, unknown>>;
  const right = after as unknown as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]))
      .map((name) => [name, [left[name] ?? null, right[name] ?? null]]),
  );
}
