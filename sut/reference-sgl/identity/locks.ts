import type { Patient } from '../model/index.ts';
import { STRICT_TRAITS, type StrictTrait } from './traits.ts';

export type LockedTrait = StrictTrait | 'ins' | 'oid' | 'usedName' | 'usedFirstName';

/** Rule 26: what an ordinary user cannot change, nor ever the number, once the identity comes from INSi. */
export function lockedTraits(
  { status }: Pick<Patient, 'status'>,
  faults: ReadonlySet<string> = new Set(),
): readonly LockedTrait[] {
  if (status !== 'recuperee' && status !== 'qualifiee') return [];
  const used = faults.has('ins-nom-utilise-verrouille') ? (['usedName', 'usedFirstName'] as const) : [];
  return ['ins', 'oid', ...STRICT_TRAITS, ...used];
}
