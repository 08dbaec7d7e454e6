import { openReport } from '../report/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { INS_OID, nirKey } from '#formats/nir/index.ts';
import { VALUE_RULES } from './rules/value.ts';

/** OIDs of real life. Test benches add the test ones. */
export const PRODUCTION_OIDS: readonly string[] = [INS_OID.nir, INS_OID.nia];
/** Production and test OIDs: what the bench accepts. */
export const BENCH_OIDS: readonly string[] = Object.values(INS_OID);

/**
 * Judges an INS wherever it is carried (DMP, CDA, HL7, mail).
 *
 * @param value matricule of 15 characters, its OID (omit it when the carrier has none) and its place in the user's file
 * @param allowedOids default: production and test
 */
export function checkInsValue(
  value: { readonly ins: string; readonly oid?: string; readonly where: string },
  allowedOids: readonly string[] = BENCH_OIDS,
): readonly Finding[] {
  const report = openReport(VALUE_RULES);
  const { ins, oid, where } = value;
  const key = nirKey(ins.slice(0, 13));
  if (ins.length !== 15 || key === undefined || !/^\d\d$/.test(ins.slice(13))) {
    report.add('INS-SHAPE', {
      where,
      received: ins === '' ? 'vide' : ins,
      expected: '13 caractères de numéro (chiffres, ou 2A/2B en 6e et 7e position) suivis de 2 chiffres de clé',
      remedy: 'Transmettez le numéro et la clé reçus d’INSi collés, sans espace ni séparateur.',
    });
  } else if (ins.slice(13) !== key) {
    report.add('INS-KEY', {
      where,
      received: ins,
      expected: `clé ${key}`,
      remedy: 'Contrôlez la clé à réception de la réponse d’INSi et rejetez un matricule dont la clé est fausse.',
    });
  }
  if (oid !== undefined && !allowedOids.includes(oid)) {
    report.add('INS-OID', {
      where,
      received: oid === '' ? 'vide' : oid,
      expected: allowedOids.join(', '),
      remedy: 'Transmettez l’OID reçu d’INSi avec le matricule, sans le remplacer.',
    });
  }
  return report.findings;
}
