import type { SlotState, SlotStatus } from '../types.ts';
import type { CarryOver } from './types.ts';

/** A person or the authority spoke: what a run gave in another campaign does not replace it. */
const SPOKEN: ReadonlySet<SlotState> = new Set(['validee-interne', 'deposee', 'complement-demande', 'acceptee']);

/**
 * States of the campaign once the new REM is adopted, those of vanished slots included.
 *
 * @param already states that another campaign of the same product version gathered under the new REM before it was
 * adopted: they are newer and speak of the new text, so they win over a carried state unless a person spoke
 */
export function adoptedSlots(carry: CarryOver, already: readonly SlotStatus[]): readonly SlotStatus[] {
  const states = new Map<string, SlotStatus>();
  for (const { was, keptAs, ...rest } of carry.gone) {
    if (was !== 'vide') states.set(keptAs, { ...rest, slot: keptAs, state: 'perimee' });
  }
  for (const { slot, state, reason, run, updatedAt } of carry.slots) {
    if (state === 'vide') continue;
    states.set(slot, {
      slot,
      state,
      ...(reason === '' ? {} : { reason }),
      ...(run === undefined ? {} : { run }),
      ...(updatedAt === undefined ? {} : { updatedAt }),
    });
  }
  for (const status of already) {
    const carried = states.get(status.slot)?.state ?? 'vide';
    if (status.state !== 'vide' && !SPOKEN.has(carried)) states.set(status.slot, status);
  }
  return [...states.values()];
}
