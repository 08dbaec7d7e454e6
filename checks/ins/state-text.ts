import type { HeldTraits, IdentityState, IdentityStatus } from './types.ts';

/** Traits that INSi gives, and that a status récupérée or qualifiée locks (rule 26 of the INS implementation guide). */
export const STRICT_TRAITS = ['birthName', 'firstNames', 'sex', 'birthDate', 'birthPlace'] as const;
export type StrictTrait = (typeof STRICT_TRAITS)[number];

/** Whether the traits of this status come from INSi. */
export function holdsInsi(status: IdentityStatus): boolean {
  return status === 'recuperee' || status === 'qualifiee';
}

/** A trait as it is compared and shown; absent is empty. */
export function traitText(trait: StrictTrait, traits: Partial<HeldTraits>): string {
  const value = traits[trait];
  return typeof value === 'string' ? value : (value?.join(' ') ?? '');
}

export function sameText(trait: StrictTrait, left: Partial<HeldTraits>, right: Partial<HeldTraits>): boolean {
  return traitText(trait, left) === traitText(trait, right);
}

/** All strict traits on one line. */
export function traitsText(traits: Partial<HeldTraits>): string {
  return STRICT_TRAITS.map((trait) => traitText(trait, traits)).join(' | ');
}

/** Number and OID on one line. */
export function insText({ ins, oid }: Pick<IdentityState, 'ins' | 'oid'>): string {
  return ins === undefined && oid === undefined
    ? 'aucun matricule'
    : `${ins ?? 'aucun matricule'} (OID ${oid ?? 'aucun'})`;
}

/** What must not move: traits, status, number and OID on one line. */
export function stateText(state: IdentityState): string {
  return `${traitsText(state.traits)}, statut ${state.status}, ${insText(state)}`;
}
