import type { Kysely } from 'kysely';
import {
  addRemark,
  moveComplement,
  retractRemark,
  type Complement,
  type ComplementMove,
  type Outcome,
  type Remark,
} from '../domain/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { changedMeanwhile } from './decisions.ts';
import { TrackerStoreError } from './errors.ts';
import type { Schema } from './schema.ts';

/** A request of the authority, and how many times it changed. */
export interface StoredComplement {
  readonly complement: Complement;
  readonly revision: number;
}

/** What is said about a requirement, in order. */
export async function remarks(db: Kysely<Schema>, campaign: string, requirement: string): Promise<readonly Remark[]> {
  const rows = await db
    .selectFrom('remark')
    .select('json')
    .where('campaign', '=', campaign)
    .where('requirement', '=', requirement)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ json }) => JSON.parse(json) as Remark);
}

/** Everything that is said in a campaign, by requirement. */
export async function threads(db: Kysely<Schema>, campaign: string): Promise<ReadonlyMap<string, readonly Remark[]>> {
  const rows = await db
    .selectFrom('remark')
    .select(['requirement', 'json'])
    .where('campaign', '=', campaign)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const found = new Map<string, Remark[]>();
  for (const { requirement, json } of rows) {
    const thread = found.get(requirement) ?? [];
    found.set(requirement, thread);
    thread.push(JSON.parse(json) as Remark);
  }
  return found;
}

/**
 * Adds a line to the discussion of a requirement, or takes one back.
 *
 * @returns the refusal of the domain when there is one
 */
export function discuss(
  db: Kysely<Schema>,
  place: { readonly campaign: string; readonly requirement: string },
  change: { readonly add: Remark } | { readonly retract: string },
  author: Author,
): Promise<Outcome<readonly Remark[]>> {
  return db.transaction().execute(async (trx): Promise<Outcome<readonly Remark[]>> => {
    const { campaign, requirement } = place;
    const thread = await remarks(trx, campaign, requirement);
    const next =
      'add' in change ? addRemark(thread, change.add) : retractRemark(thread, change.retract, author.by, author.at);
    if (!next.ok) return next;
    const former = new Map(thread.map((remark) => [remark.id, remark]));
    for (const remark of next.value.filter((one) => former.get(one.id) !== one)) {
      const { id, at, kind } = remark;
      const json = JSON.stringify(remark);
      await trx
        .insertInto('remark')
        .values({ id, campaign, requirement, at, json })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ json }))
        .execute();
      const before = former.get(id);
      await appendAudit(trx, [
        {
          at: author.at,
          actor: author.by,
          action: before === undefined ? kind : `${kind} retiré`,
          subject: requirement,
          campaign,
          detail: '',
          before: before === undefined ? null : JSON.stringify(before),
          after: json,
        },
      ]);
    }
    return next;
  });
}

/** Requests of the authority, the last received first. */
export async function complements(db: Kysely<Schema>, campaign: string): Promise<readonly StoredComplement[]> {
  const rows = await db
    .selectFrom('complement')
    .select(['json', 'revision'])
    .where('campaign', '=', campaign)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ json, revision }) => ({ complement: JSON.parse(json) as Complement, revision }));
}

/** Enters a request that the authority made. */
export function enterComplement(
  db: Kysely<Schema>,
  campaign: string,
  complement: Complement,
  author: Author,
): Promise<StoredComplement> {
  return db.transaction().execute(async (trx) => {
    const { id, state, receivedAt } = complement;
    const json = JSON.stringify(complement);
    await trx
      .insertInto('complement')
      .values({ id, campaign, state, received_at: receivedAt, json, revision: 1 })
      .execute();
    const line = {
      at: author.at,
      actor: author.by,
      action: 'complément reçu',
      subject: id,
      campaign,
      detail: complement.text,
    };
    await appendAudit(trx, [{ ...line, before: null, after: json }]);
    return { complement, revision: 1 };
  });
}

/**
 * Moves a request on.
 *
 * @param seen revision that the person saw
 * @returns the refusal of the domain when there is one
 * @throws {TrackerStoreError} `COMPLEMENT_UNKNOWN`, `CHANGED_MEANWHILE`
 */
export function moveComplementAs(
  db: Kysely<Schema>,
  place: { readonly campaign: string; readonly id: string; readonly seen: number },
  move: ComplementMove,
  author: Author,
): Promise<Outcome<StoredComplement>> {
  return db.transaction().execute(async (trx): Promise<Outcome<StoredComplement>> => {
    const { campaign, id, seen } = place;
    const row = await trx
      .selectFrom('complement')
      .select(['json', 'revision'])
      .where('campaign', '=', campaign)
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) {
      throw new TrackerStoreError(
        'COMPLEMENT_UNKNOWN',
        `Aucune demande ${id} dans cette campagne.`,
        'Rechargez la liste.',
      );
    }
    if (row.revision !== seen) throw changedMeanwhile(`La demande ${id}`);
    const moved = moveComplement(JSON.parse(row.json) as Complement, move);
    if (!moved.ok) return moved;
    const json = JSON.stringify(moved.value);
    const revision = seen + 1;
    await trx
      .updateTable('complement')
      .set({ json, state: moved.value.state, revision })
      .where('id', '=', id)
      .execute();
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: `complément, ${move.kind}`,
        subject: id,
        campaign,
        detail: '',
        before: row.json,
        after: json,
      },
    ]);
    return { ok: true, value: { complement: moved.value, revision } };
  });
}
