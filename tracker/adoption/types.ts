import type { SlotState } from '../types.ts';

/** Why a slot has the state that it has after an adoption. */
export type CarryReason =
  /** Same number, same text, same pieces. */
  | 'same'
  /** Another number, same text, same pieces. */
  | 'renumbered'
  /** Same number; the embedded catalogue holds no official text to compare with. */
  | 'not-compared'
  /** A text that the piece answers for changed. */
  | 'changed'
  /** No former slot corresponds. */
  | 'new'
  /** It had left the REM at an earlier adoption and comes back. */
  | 'back';

export interface CarriedSlot {
  /** As the new REM numbers it. */
  readonly slot: string;
  /** As the former REM numbered it; null when new. */
  readonly from: string | null;
  readonly was: SlotState;
  readonly state: SlotState;
  readonly why: CarryReason;
  /** Why the state is `perimee`, a French sentence said to the person; empty when nothing has to be said. */
  readonly reason: string;
  /** What else changed and leaves the state as it is (nature, profile), a French sentence; empty when nothing did. */
  readonly note: string;
  readonly run?: string;
  readonly updatedAt?: string;
}

/** A slot that the new REM no longer has, with the state that it had. */
export interface GoneSlot {
  readonly slot: string;
  /** Name under which its pieces and state are kept: its number, marked with its REM when another slot now has it. */
  readonly keptAs: string;
  readonly was: SlotState;
  /** French sentence. */
  readonly reason: string;
  readonly run?: string;
  readonly updatedAt?: string;
}

export interface CarryOver {
  /** Every slot of the new REM, in its order. */
  readonly slots: readonly CarriedSlot[];
  readonly gone: readonly GoneSlot[];
}
