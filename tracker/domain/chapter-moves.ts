import type { ChapterState, SlotState } from '../types.ts';
import { chapterState } from './chapter-state.ts';
import { refusal, type Outcome } from './refusal.ts';
import { moveSlot, movesFrom, type SlotMove } from './slot-moves.ts';

/** What is done to a whole chapter at once, as Convergence does (domain facts §2.1): it is deposited, then validated, whole. */
export type ChapterMove = 'deposer' | 'valider';

/** A slot of a chapter with its state. */
export interface ChapterSlot {
  readonly slot: string;
  readonly state: SlotState;
}

/** How a slot moves when its chapter does. */
export interface SlotChange {
  readonly slot: string;
  readonly move: SlotMove;
  readonly from: SlotState;
  readonly to: SlotState;
}

const FROM: Readonly<Record<ChapterMove, readonly ChapterState[]>> = {
  // A chapter to complete is deposited again once its answers are ready.
  deposer: ['complet', 'a-completer', 'incomplet'],
  valider: ['depose', 'a-completer'],
};
const SLOT_MOVE: Readonly<Record<ChapterMove, SlotMove>> = { deposer: 'deposer', valider: 'accepter' };
const DONE: Readonly<Record<ChapterMove, ReadonlySet<SlotState>>> = {
  deposer: new Set(['deposee', 'acceptee']),
  valider: new Set(['acceptee']),
};
const TOLD = 10;

/**
 * What becomes of the slots of a chapter; all of them move, or none.
 *
 * @param slots those that are due: of mandatory requirements that apply
 * @returns the slots that move (those that are already there do not); `CHAPTER_EMPTY`, `CHAPTER_MOVE_REFUSED`, or
 *   `CHAPTER_NOT_READY` with the first slots that hold it back
 */
export function moveChapter(
  section: string,
  slots: readonly ChapterSlot[],
  move: ChapterMove,
): Outcome<readonly SlotChange[]> {
  const state = chapterState(slots.map((one) => one.state));
  if (state === null) {
    return refusal('CHAPTER_EMPTY', `Le chapitre ${section} ne demande aucune preuve.`, 'Rien à déposer.');
  }
  if (!FROM[move].includes(state)) {
    return refusal(
      'CHAPTER_MOVE_REFUSED',
      `Le chapitre ${section} est « ${state} » : il ne peut pas être ${move === 'deposer' ? 'déposé' : 'validé'}.`,
      move === 'deposer' ? 'Il l’est déjà.' : 'Déposez-le d’abord.',
    );
  }
  const moving = slots.filter((one) => !DONE[move].has(one.state));
  const wanted = SLOT_MOVE[move];
  const held = moving.filter((one) => !movesFrom(one.state).includes(wanted));
  if (held.length > 0) {
    const first = held.slice(0, TOLD).map((one) => `${one.slot} (${one.state})`);
    const more = held.length > TOLD ? ` et ${held.length - TOLD} autres` : '';
    return refusal(
      'CHAPTER_NOT_READY',
      `Le chapitre ${section} n’est pas prêt : ${first.join(', ')}${more}.`,
      move === 'deposer'
        ? 'Validez chaque preuve en interne, puis déposez.'
        : 'Répondez aux compléments, puis déposez.',
    );
  }
  const changes: SlotChange[] = [];
  for (const one of moving) {
    const moved = moveSlot(one.state, wanted);
    if (!moved.ok) return moved;
    changes.push({ slot: one.slot, move: wanted, from: one.state, to: moved.value });
  }
  return { ok: true, value: changes };
}
