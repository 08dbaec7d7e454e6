import { lookAt, type KnownPeople } from '../guard/index.ts';
import { maskPiece } from '../masking/index.ts';
import type { Guard } from './desk.ts';

/** The guard of what people bring: it holds whatever it sees, and masks all of it but what was declared false. */
export function guardFor(known: KnownPeople): Guard {
  return {
    lookAt: (piece) => lookAt(piece, known),
    mask: (piece, keep) => maskPiece(piece, known, ({ id }) => !keep.has(id)),
  };
}
