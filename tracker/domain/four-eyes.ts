import { refusal, type Outcome } from './refusal.ts';

/** Somebody who filed a piece of a slot; `bench` when the bench made it. */
export interface PieceAuthor {
  /** Name of the account, as the audit has it. */
  readonly actor: string;
  readonly bench: boolean;
}

/**
 * Whether somebody may validate a slot. With the rule on, whoever filed one of its pieces may not, even if others filed some
 * too; what the bench made has no author among people. Without a piece, nothing can be validated by anybody.
 *
 * @param required the rule of the campaign
 */
export function mayValidate(required: boolean, pieces: readonly PieceAuthor[], actor: string): Outcome<true> {
  if (pieces.length === 0) {
    return refusal('PIECE_MISSING', 'Cette preuve n’a aucune pièce.', 'Versez la pièce, puis faites-la valider.');
  }
  if (required && pieces.some((piece) => !piece.bench && piece.actor === actor)) {
    return refusal(
      'FOUR_EYES',
      'Vous avez versé une pièce de cette preuve : une autre personne doit la valider.',
      'Demandez la relecture à un collègue ; la règle se règle dans la campagne.',
    );
  }
  return { ok: true, value: true };
}
