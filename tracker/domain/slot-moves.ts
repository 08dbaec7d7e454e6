import type { SlotState } from '../types.ts';
import { refusal, type Outcome } from './refusal.ts';

/** What a person, or the authority through a person, does to a proof slot. What a run does is `slotStateAfter`. */
export type SlotMove =
  /** Somebody files the piece, or the external reference, that the slot asks for. */
  | 'verser'
  /** The last piece leaves the slot. */
  | 'vider'
  /** A reviewer is not convinced. */
  | 'renvoyer'
  /** A reviewer of the vendor finds the piece good for the authority. */
  | 'valider'
  /** The piece was sent to the authority. */
  | 'deposer'
  /** The authority asks for more. */
  | 'demander-complement'
  /** The authority takes the piece. */
  | 'accepter'
  /** Somebody entered the former move by mistake. */
  | 'corriger';

/**
 * From which state a move leads to which; what is not here is refused (DESIGN §4.5). `deposee` and `acceptee` stay in the
 * hands of the authority: a new piece enters there only once it asked for one.
 */
const MOVES: Readonly<Record<SlotMove, Readonly<Partial<Record<SlotState, SlotState>>>>> = {
  verser: {
    vide: 'recueillie',
    rejouee: 'recueillie',
    recueillie: 'recueillie',
    perimee: 'recueillie',
    'a-revoir': 'recueillie',
    // Another piece than the one that was reviewed: it has to be looked at again.
    'validee-interne': 'recueillie',
    'complement-demande': 'recueillie',
  },
  vider: { rejouee: 'vide', recueillie: 'vide', perimee: 'vide', 'a-revoir': 'vide', 'validee-interne': 'vide' },
  renvoyer: { rejouee: 'a-revoir', recueillie: 'a-revoir', 'validee-interne': 'a-revoir' },
  valider: { recueillie: 'validee-interne', 'a-revoir': 'validee-interne' },
  deposer: { 'validee-interne': 'deposee' },
  'demander-complement': { deposee: 'complement-demande' },
  accepter: { deposee: 'acceptee', 'complement-demande': 'acceptee' },
  corriger: {
    'validee-interne': 'recueillie',
    deposee: 'validee-interne',
    'complement-demande': 'deposee',
    acceptee: 'deposee',
  },
};

/** Moves that take something back: why must be said. */
const WITH_REASON: ReadonlySet<SlotMove> = new Set(['vider', 'renvoyer', 'demander-complement', 'corriger']);

export const SLOT_MOVES = Object.keys(MOVES) as readonly SlotMove[];

const SHOWN: Readonly<Record<SlotState, string>> = {
  vide: 'vide',
  rejouee: 'rejouée',
  recueillie: 'recueillie',
  perimee: 'périmée',
  'a-revoir': 'à revoir',
  'validee-interne': 'validée en interne',
  deposee: 'déposée',
  'complement-demande': 'en complément demandé',
  acceptee: 'acceptée',
};

/** Every state, in the order of a file's life. */
export const SLOT_STATES = Object.keys(SHOWN) as readonly SlotState[];

const NAMES: Readonly<Record<SlotMove, string>> = {
  verser: 'recevoir une pièce',
  vider: 'être vidée',
  renvoyer: 'être renvoyée à revoir',
  valider: 'être validée en interne',
  deposer: 'être déposée',
  'demander-complement': 'recevoir une demande de complément',
  accepter: 'être acceptée',
  corriger: 'être ramenée à son état précédent',
};

/** Moves that are allowed from a state, in the order of a file's life. */
export function movesFrom(state: SlotState): readonly SlotMove[] {
  return SLOT_MOVES.filter((move) => MOVES[move][state] !== undefined);
}

/**
 * Moves a slot.
 *
 * @param reason French, for the moves that take something back; it goes to the audit
 * @returns `SLOT_MOVE_REFUSED` when the state does not allow it, `REASON_MISSING` when why is not said
 */
export function moveSlot(state: SlotState, move: SlotMove, reason = ''): Outcome<SlotState> {
  const next = MOVES[move][state];
  if (next === undefined) {
    const possible = movesFrom(state).map((one) => NAMES[one]);
    return refusal(
      'SLOT_MOVE_REFUSED',
      `Une preuve ${SHOWN[state]} ne peut pas ${NAMES[move]}.`,
      `Elle peut ${possible.join(', ou ')}.`,
    );
  }
  if (WITH_REASON.has(move) && reason.trim() === '') {
    return refusal('REASON_MISSING', `Pour ${NAMES[move]}, une preuve demande une raison.`, 'Dites-la en une phrase.');
  }
  return { ok: true, value: next };
}
