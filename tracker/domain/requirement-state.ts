import type { RequirementState, SlotState } from '../types.ts';

/** From what still holds the requirement back to what no longer does. */
const HOLDING_BACK: readonly SlotState[] = [
  'complement-demande',
  'a-revoir',
  'perimee',
  'vide',
  'rejouee',
  'recueillie',
  'validee-interne',
  'deposee',
  'acceptee',
];

/**
 * State of a requirement: that of the slot that holds it back most. A requirement without any slot (PEUT, or a rule
 * without scenario) has nothing to collect and stays `vide`: the tracker shows it apart.
 */
export function requirementState(slots: readonly SlotState[]): RequirementState {
  return HOLDING_BACK.find((state) => slots.includes(state)) ?? 'vide';
}
