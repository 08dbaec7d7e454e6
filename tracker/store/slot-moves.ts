import type { Kysely, Selectable, Transaction } from 'kysely';
import {
  mayValidate,
  moveSlot,
  type ExternalReference,
  type Outcome,
  type PieceAuthor,
  type SlotMove,
} from '../domain/index.ts';
import type { SlotState } from '../types.ts';
import { appendAudit, type AuditLine } from './audit.ts';
import type { Author } from './author.ts';
import { changedMeanwhile } from './decisions.ts';
import type { Schema } from './schema.ts';

export interface SlotMoveOrder {
  readonly campaign: string;
  readonly slot: string;
  readonly move: SlotMove;
  /** French, for the moves that take something back. */
  readonly reason?: string;
  /** Revision that the person saw; 0 for a slot that nothing touched. */
  readonly seen: number;
  /** What the person files with the move « verser ». */
  readonly reference?: ExternalReference;
}

export interface MovedSlot {
  readonly slot: string;
  readonly state: SlotState;
  readonly revision: number;
}

/**
 * Moves a slot as a person asks, with its reference if any, in one transaction with its line of audit.
 *
 * @returns the refusal of the domain (`SLOT_MOVE_REFUSED`, `REASON_MISSING`, `FOUR_EYES`, `PIECE_MISSING`): nothing is then
 *   written
 * @throws {TrackerStoreError} `CHANGED_MEANWHILE`
 */
export function moveSlotAs(db: Kysely<Schema>, order: SlotMoveOrder, author: Author): Promise<Outcome<MovedSlot>> {
  return db.transaction().execute(async (trx): Promise<Outcome<MovedSlot>> => {
    const { campaign, slot, move, reason = '', seen, reference } = order;
    const row = await slotRow(trx, campaign, slot);
    if ((row?.revision ?? 0) !== seen) throw changedMeanwhile(slot);
    const former = (row?.state ?? 'vide') as SlotState;
    const moved = moveSlot(former, move, reason);
    if (!moved.ok) return moved;
    if (move === 'valider') {
      const allowed = mayValidate(await hasFourEyes(trx, campaign), await authorsOf(trx, campaign, slot), author.by);
      if (!allowed.ok) return allowed;
    }
    if (reference !== undefined && move === 'verser') {
      const { kind, value } = reference;
      await trx
        .insertInto('slot_reference')
        .values({ campaign, slot, kind, value, author: author.by, at: author.at })
        .execute();
    }
    const detail = [reason, reference === undefined ? '' : `${reference.kind} ${reference.value}`]
      .filter((part) => part !== '')
      .join(' ; ');
    const { next, line } = await writeState(trx, { campaign, slot, move, to: moved.value, row, detail }, author);
    await appendAudit(trx, [line]);
    return { ok: true, value: next };
  });
}

export type SlotRow = Selectable<Schema['slot_state']>;

export function slotRow(db: Kysely<Schema>, campaign: string, slot: string): Promise<SlotRow | undefined> {
  return db
    .selectFrom('slot_state')
    .selectAll()
    .where('campaign', '=', campaign)
    .where('slot', '=', slot)
    .executeTakeFirst();
}

interface StateChange {
  readonly campaign: string;
  readonly slot: string;
  readonly move: SlotMove;
  readonly to: SlotState;
  /** As it was. */
  readonly row: SlotRow | undefined;
  /** French, for the audit. */
  readonly detail: string;
}

/** Writes the state that a move leads to; the line of audit is left to whoever tells the whole. */
export async function writeState(
  trx: Transaction<Schema>,
  { campaign, slot, move, to, row, detail }: StateChange,
  author: Author,
): Promise<{ readonly next: MovedSlot; readonly line: AuditLine }> {
  const next: MovedSlot = { slot, state: to, revision: (row?.revision ?? 0) + 1 };
  const values = {
    state: to,
    updated_at: author.at,
    reason: to === 'perimee' ? (row?.reason ?? null) : null,
    revision: next.revision,
  };
  await trx
    .insertInto('slot_state')
    .values({ campaign, slot, run: row?.run ?? null, ...values })
    .onConflict((conflict) => conflict.columns(['campaign', 'slot']).doUpdateSet(values))
    .execute();
  return {
    next,
    line: {
      at: author.at,
      actor: author.by,
      action: `preuve, ${move}`,
      subject: slot,
      campaign,
      detail,
      before: JSON.stringify(row?.state ?? 'vide'),
      after: JSON.stringify(to),
    },
  };
}

async function hasFourEyes(db: Kysely<Schema>, campaign: string): Promise<boolean> {
  const row = await db.selectFrom('campaign').select('four_eyes').where('id', '=', campaign).executeTakeFirst();
  return row?.four_eyes === 1;
}

/** Whoever filed something in the slot: the bench its pieces, people theirs and their references. */
async function authorsOf(db: Kysely<Schema>, campaign: string, slot: string): Promise<readonly PieceAuthor[]> {
  const pieces = await db
    .selectFrom('piece')
    .select('id')
    .where('campaign', '=', campaign)
    .where('slot', '=', slot)
    .limit(1)
    .execute();
  const references = await db
    .selectFrom('slot_reference')
    .select('author')
    .distinct()
    .where('campaign', '=', campaign)
    .where('slot', '=', slot)
    .execute();
  const filings = await db
    .selectFrom('filing')
    .innerJoin('evidence', 'evidence.id', 'filing.evidence')
    .select(['filing.author', 'evidence.author as operator'])
    .where('filing.campaign', '=', campaign)
    .where('filing.slot', '=', slot)
    .execute();
  const people = new Set([
    ...references.map(({ author }) => author),
    ...filings.flatMap(({ author, operator }) => [author, operator]),
  ]);
  return [
    ...(pieces.length > 0 ? [{ actor: 'banc', bench: true }] : []),
    ...Array.from(people, (actor) => ({ actor, bench: false })),
  ];
}
