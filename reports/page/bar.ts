import type { SlotState } from '#tracker/types.ts';
import { html, type Html } from '../html/index.ts';
import { counted, SLOT_STATES } from '../words/index.ts';

/** From done to missing, as the eye reads a progress. */
const STATE_ORDER: readonly SlotState[] = [
  'acceptee',
  'deposee',
  'validee-interne',
  'recueillie',
  'rejouee',
  'a-revoir',
  'perimee',
  'complement-demande',
  'vide',
];

/** States that occur, in order, with how many slots each has. */
export function presentStates(states: ReadonlyMap<SlotState, number>): readonly (readonly [SlotState, number])[] {
  return STATE_ORDER.flatMap((state) => {
    const value = states.get(state) ?? 0;
    return value > 0 ? [[state, value] as const] : [];
  });
}

/** How the slots stand, as one bar; the text says the same for whoever does not see it. */
export function slotBar(states: ReadonlyMap<SlotState, number>, total: number): Html {
  const present = presentStates(states);
  if (total === 0) return html`<span class="quiet small">aucune preuve demandée</span>`;
  const label = present.map(([state, value]) => counted(SLOT_STATES[state], value).label).join(', ');
  return html`<div class="bar" role="img" aria-label="Preuves : ${label}">
    ${present.map(
      ([state, value]) =>
        html`<i class="b-${SLOT_STATES[state].tone}" style="width:${((value / total) * 100).toFixed(2)}%"></i>`,
    )}
  </div>`;
}

const DONE: ReadonlySet<SlotState> = new Set(['recueillie', 'validee-interne', 'deposee', 'acceptee']);

/** Whether the slot holds the proof itself: a rehearsal, or a piece that a person has to look at again, does not count. */
export function isDone(state: SlotState): boolean {
  return DONE.has(state);
}

export function slotsDone(states: ReadonlyMap<SlotState, number>): number {
  return [...states].reduce((sum, [state, value]) => sum + (isDone(state) ? value : 0), 0);
}
