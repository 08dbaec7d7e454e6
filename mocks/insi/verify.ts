import { normalizeName } from '../population/index.ts';
import type { Population, TestPatient } from '../population/types.ts';
import type { IdentityToVerify } from './criteria.ts';
import { heldTraits } from './identity.ts';

export interface Verification {
  readonly identity: IdentityToVerify;
  /** Whose number it is, or whose traits they are; absent when nobody of the bench is concerned. */
  readonly patient?: TestPatient;
  readonly verdict: 'OK' | 'KO';
  /** Why KO, in French, for the journal: the real service does not say. */
  readonly reason?: string;
}

/**
 * Verifies one identity against what INSi holds: OK when the number, its key and its OID are the active ones of a person
 * whose traits are those sent; KO otherwise, without saying why on the wire.
 * First names agree when those sent are all of those held, or the first ones in order.
 * Source: domain.md §3.2 (rules 48 and 49, OK or KO); the tolerance on first names is ours.
 */
export function verify(population: Population, identity: IdentityToVerify): Verification {
  const patient = population.byIns(identity.ins);
  const reason = patient ? difference(patient, identity) : 'matricule inconnu';
  if (patient && reason === undefined) return { identity, patient, verdict: 'OK' };
  const concerned = patient ?? population.byTraits(identity.traits)[0];
  return { identity, ...(concerned && { patient: concerned }), verdict: 'KO', ...(reason && { reason }) };
}

function difference(patient: TestPatient, { ins, oid, traits }: IdentityToVerify): string | undefined {
  if (patient.situation === 'verification-ko') return 'situation verification-ko';
  if (patient.situation === 'inconnu') return 'matricule inconnu';
  if (patient.ins !== ins) return 'matricule ancien (INSHISTO)';
  if (patient.oid !== oid) return 'OID différent';
  const held = heldTraits(patient);
  if (normalizeName(traits.birthName) !== normalizeName(held.birthName)) return 'nom de naissance différent';
  if (!beginsWith(held.firstNames, traits.firstNames)) return 'prénoms différents';
  if (traits.sex !== held.sex) return 'sexe différent';
  if (traits.birthDate !== held.birthDate) return 'date de naissance différente';
  if (traits.birthPlace !== undefined && traits.birthPlace.toUpperCase() !== held.birthPlace) {
    return 'lieu de naissance différent';
  }
  return undefined;
}

/** A list may come in one element, separated by spaces, or in several: words are compared. */
function beginsWith(held: readonly string[], sent: readonly string[]): boolean {
  const words = (names: readonly string[]): string[] => normalizeName(names.join(' ')).split(' ');
  const all = words(held);
  return words(sent).every((word, index) => word === all[index]);
}
