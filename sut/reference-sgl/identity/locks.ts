import type { Patient } from '../model/index.ts';
import { STRICT_TRAITS, type StrictTrait } from './traits.ts';

export type LockedTrait = StrictTrait | 'ins' | 'oid';

/** Rule 26: what an ordinary user cannot change, nor ever the number, once the identity comes from INSi. */
export function lockedTraits({ status }: Pick<Patient, 'status'>): readonly LockedTrait[] {
  return status === 'recuperee' || status === 'qualifiee' ? ['ins', 'oid', ...STRICT_TRAITS] : [];
}
