import type { Kysely } from 'kysely';
import { moveChapter, type ChapterMove, type Outcome, type SlotChange } from '../domain/index.ts';
import type { SlotState } from '../types.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { slotStatuses } from './read.ts';
import type { Schema } from './schema.ts';

export interface ChapterOrder {
  readonly campaign: string;
  readonly section: string;
  readonly move: ChapterMove;
  /** Slots of the chapter that are due: of mandatory requirements that apply. */
  readonly slots: readonly string[];
}

/**
 * Deposits or validates a whole chapter: all of its slots move, or none, in one transaction.
 *
 * @returns the slots that moved, or the refusal of the domain
 */
export function moveChapterAs(
  db: Kysely<Schema>,
  { campaign, section, move, slots }: ChapterOrder,
  author: Author,
): Promise<Outcome<readonly SlotChange[]>> {
  return db.transaction().execute(async (trx): Promise<Outcome<readonly SlotChange[]>> => {
    const known = new Map((await slotStatuses(trx, campaign)).map((status) => [status.slot, status]));
    const standing = slots.map((slot) => ({ slot, state: known.get(slot)?.state ?? ('vide' satisfies SlotState) }));
    const moved = moveChapter(section, standing, move);
    if (!moved.ok) return moved;
    for (const { slot, to } of moved.value) {
      await trx
        .updateTable('slot_state')
        .set({ state: to, updated_at: author.at, reason: null, revision: (known.get(slot)?.revision ?? 0) + 1 })
        .where('campaign', '=', campaign)
        .where('slot', '=', slot)
        .execute();
    }
    const said = { at: author.at, actor: author.by, campaign };
    await appendAudit(trx, [
      { ...said, action: `chapitre, ${move}`, subject: section, detail: `${moved.value.length} preuve(s)` },
      ...moved.value.map(({ slot, move: step, from, to }) => ({
        ...said,
        action: `preuve, ${step}`,
        subject: slot,
        detail: `chapitre ${section}`,
        before: JSON.stringify(from),
        after: JSON.stringify(to),
      })),
    ]);
    return moved;
  });
}
