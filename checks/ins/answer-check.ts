import type { Finding } from '#dsr/verdict/index.ts';
import { INS_OID, isValidIns, nirKey } from '#formats/nir/index.ts';
import { openReport } from '../report/index.ts';
import { RULES } from './rules.ts';
import type { InsiAnswer } from './types.ts';

const OIDS: readonly string[] = Object.values(INS_OID);

/**
 * Judges an answer of INSi by itself: whether a product may use it. An answer that it may not use is an error: no file is green
 * that carries an identity to reject.
 *
 * @param answer see `readInsiAnswer` and `readInsiResponse`
 */
export function checkInsiAnswer(answer: InsiAnswer): readonly Finding[] {
  const report = openReport(RULES);
  if (answer.kind === 'unreadable') {
    report.add('INSI-ANSWER-READABLE', {
      where: 'réponse',
      received:
        'ni RESULTAT, ni RESULTATVERIF, ni erreur SOAP, dans une réponse HTTP 200 ou 500 en application/soap+xml',
      expected: 'une réponse d’INSi',
      remedy: 'Ne tirez rien de cette réponse : laissez l’identité inchangée, dites l’échec et tracez-le.',
    });
  }
  if (answer.kind !== 'found') return report.findings;
  const { active, traits } = answer;
  const remedy = 'Ne rapatriez rien de cette réponse et montrez l’anomalie à l’utilisateur.';
  if (!isValidIns(active.ins) || !OIDS.includes(active.oid)) {
    const key = nirKey(active.ins.slice(0, 13));
    report.add('INSI-ANSWER-KEY', {
      where: 'INDIVIDU/INSACTIF',
      received: `${active.ins || 'vide'} (OID ${active.oid || 'vide'})`,
      expected: key === undefined ? 'un matricule de 13 caractères et sa clé' : `clé ${key}, OID ${OIDS.join(', ')}`,
      remedy,
    });
  }
  if (/-00/.test(traits.birthDate) || traits.birthDate === '') {
    report.add('INSI-ANSWER-DATE', {
      where: 'INDIVIDU/TIQ/DateNaissance',
      received: traits.birthDate || 'vide',
      expected: 'une date sans jour ni mois 00',
      remedy,
    });
  }
  for (const [element, text] of [
    ['NomNaissance', traits.birthName],
    ['ListePrenom', traits.firstNames],
    ['Sexe', traits.sex],
  ] as const) {
    if (text !== '') continue;
    report.add('INSI-ANSWER-EMPTY', {
      where: `INDIVIDU/TIQ/${element}`,
      received: 'vide ou absent',
      expected: 'une valeur',
      remedy,
    });
  }
  return report.findings;
}
