import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import type { FailureCase } from './cases.ts';
import { RULES } from './rules.ts';
import { stateText } from './state-text.ts';

/**
 * Judges what the product did with a call that gave nothing to use: a SOAP fault, a silence, something that is not an answer
 * (protocols.md §1.6, A9 and A10). Silent on an answer that can be used.
 */
export function checkInsiFailure(failure: FailureCase): readonly Finding[] {
  const report = openReport(RULES);
  const { answer, before, after, message, returnCode, traces, localFlow } = failure;
  if (answer.kind !== 'fault' && answer.kind !== 'unreadable') return report.findings;
  const reason =
    answer.kind === 'fault' ? `INSi a répondu par l’erreur ${answer.code}` : 'INSi n’a rien répondu de lisible';
  if (message.trim() === '') {
    report.add('INS-FAILURE-TOLD', {
      where: 'message à l’utilisateur',
      received: 'rien',
      expected: `un message : ${reason}`,
      remedy: 'Affichez l’erreur, et ce que l’utilisateur peut faire.',
    });
  }
  if (returnCode !== undefined && /^(?:0\d|OK|KO)$/.test(returnCode)) {
    report.add('INS-FAILURE-CODE', {
      where: 'code retour montré par le produit',
      received: returnCode,
      expected: `aucun code retour : ${reason}`,
      remedy: 'Contrôlez le statut HTTP, le type du contenu et l’élément RESULTAT avant de lire un code retour.',
    });
  }
  if (stateText(before) !== stateText(after)) {
    report.add('INS-FAILURE-UNCHANGED', {
      where: 'fiche patient',
      received: stateText(after),
      expected: `${stateText(before)} : ${reason}`,
      remedy: 'Laissez l’identité telle qu’elle était avant l’appel.',
    });
  }
  if (traces !== undefined && !traces.some((trace) => !/^(?:0\d|OK|KO)$/.test(trace.returned))) {
    report.add('INS-FAILURE-TRACED', {
      where: 'journal des appels INSi',
      received: traces.map((trace) => trace.returned || 'sans retour').join(', ') || 'vide',
      expected: `la trace de cet appel : ${reason}`,
      remedy: 'Tracez aussi les appels en erreur et sans réponse, avec le code de l’erreur.',
    });
  }
  if (localFlow === false) {
    report.add('INS-FAILURE-LOCAL', {
      where: 'circuit local',
      received: 'bloqué après l’appel',
      expected: 'un circuit local qui continue',
      remedy: 'Ne bloquez ni l’admission ni la production des résultats quand INSi ne répond pas.',
    });
  }
  return report.findings;
}
