import { isValidIns, INS_OID } from '#formats/nir/index.ts';
import type { GuardRefusal } from './types.ts';
import type { View } from './views.ts';

/** Shape of a NIR or NIA with its key: sex, year, month, department, municipality, rank, key. */
const INS_LIKE = /(?<![0-9A-Za-z.])([1-478][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{8})(?![0-9A-Za-z])/g;

/**
 * Test identities that the authorities publish in their own examples under a production OID.
 * Source: protocols.md §0.2 (CNDA fixtures, CI-SIS examples). 13 characters + key.
 */
export const PUBLISHED_TEST_INS: ReadonlySet<string> = new Set([
  '297022A02077878',
  '109076322083489',
  '209076322083439',
  '209066322012355',
  '109076322088835',
  '180032B02040123',
  '181036322045660',
  '236066322083656',
  '279035121518989',
  '162018885045327',
  '207058575627097',
  '277076322082910',
]);

/**
 * The real-patient guard (DESIGN §5.7): a piece that carries a plausible INS which is neither of the bench's own test
 * population nor a published test identity never reaches a slot. A false alarm costs a look; the reverse is not allowed.
 *
 * @param views readable views of the piece (decoded attachments, archive entries), see `viewsOf`
 * @param known 15-character INS of the bench's population
 */
export function guardAgainstRealPatients(views: readonly View[], known: ReadonlySet<string>): readonly GuardRefusal[] {
  const refusals: GuardRefusal[] = [];
  for (const view of views) {
    const production = view.text.includes(INS_OID.nir) || view.text.includes(INS_OID.nia);
    const foreign = new Set<string>();
    for (const [, candidate] of view.text.matchAll(INS_LIKE)) {
      if (candidate && isValidIns(candidate) && !known.has(candidate) && !PUBLISHED_TEST_INS.has(candidate)) {
        foreign.add(candidate);
      }
    }
    if (foreign.size === 0) continue;
    refusals.push({
      code: 'PATIENT_REEL_POSSIBLE',
      where: view.where,
      message:
        `${foreign.size} matricule(s) INS à clé valide hors de la population de test` +
        (production ? ', avec un OID de production' : '') +
        ' : la pièce n’est pas versée. Rejouez le scénario avec les identités que le banc distribue.',
    });
  }
  return refusals;
}
