import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';
import type { DocumentShown } from './types.ts';

const WHERE = 'document reçu';

const told = ({ state, patientId }: DocumentShown): string =>
  `${state}${patientId === undefined ? '' : `, patient ${patientId}`}`;

/**
 * Judges where a document received went (SC.MSS/CONF.24): a person may still have to confirm, but no other patient.
 *
 * @param document absent when the product shows none
 * @param patientId of the product, for the patient that METADATA.XML names
 * @param known whether the product holds that patient with this INS, qualified
 */
export function checkIntegration(
  document: DocumentShown | undefined,
  patientId: string,
  known: boolean,
): readonly Finding[] {
  const report = openReport(RULES);
  const settled = known ? document?.patientId === patientId && document.state !== 'refuse' : true;
  const astray = document?.patientId !== undefined && document.patientId !== patientId;
  if (!settled || astray) {
    report.add('MAIL-IN-PATIENT', {
      where: WHERE,
      received: document === undefined ? 'aucun document' : told(document),
      expected: `le document, au patient ${patientId}`,
      remedy: 'Rapprochez le document par le patientId de METADATA.XML, jamais par l’objet ni par l’expéditeur.',
    });
  }
  return report.findings;
}

/** Judges what became of a document whose patient the product does not know, or whose identity is not qualified. */
export function checkUnknownPatient(document: DocumentShown | undefined): readonly Finding[] {
  const report = openReport(RULES);
  if (document === undefined || document.state === 'integre' || document.patientId !== undefined) {
    report.add('MAIL-IN-UNKNOWN', {
      where: WHERE,
      received: document === undefined ? 'aucun document' : told(document),
      expected: 'un document qui attend qu’une personne le rapproche',
      remedy: 'Gardez le document dans une liste de travail tant qu’aucun patient ne porte cette INS.',
    });
  }
  return report.findings;
}

/** Judges whether the product shows a mail of the mailbox that it reads. */
export function checkShown(messageIds: readonly string[], expected: string): readonly Finding[] {
  const report = openReport(RULES);
  if (!messageIds.includes(expected)) {
    report.add('MAIL-IN-SHOWN', {
      where: 'courriels reçus',
      received: messageIds.join(', ') || 'aucun courriel',
      expected,
      remedy: 'Lisez la boîte par IMAP et montrez chaque courriel qui s’y trouve.',
    });
  }
  return report.findings;
}

/** Judges that a document which came in several mails went to the file of its patient once. @param documents of these mails */
export function checkOnce(documents: readonly DocumentShown[], uniqueId: string): readonly Finding[] {
  const report = openReport(RULES);
  const integrated = documents.filter((one) => one.uniqueId === uniqueId && one.state === 'integre');
  if (integrated.length > 1) {
    report.add('MAIL-IN-ONCE', {
      where: `document ${uniqueId}`,
      received: `intégré ${integrated.length} fois`,
      expected: 'un document intégré une fois, puis dit déjà présent',
      remedy: 'Retenez l’uniqueId de chaque document reçu, et ne l’intégrez pas à nouveau.',
    });
  }
  return report.findings;
}

/** Judges what became of the documents of an archive that nobody may trust. @param why French: what is wrong in it */
export function checkUnsound(documents: readonly DocumentShown[], why: string): readonly Finding[] {
  const report = openReport(RULES);
  for (const document of documents.filter(({ state }) => state === 'integre')) {
    report.add('MAIL-IN-SOUND', {
      where: `document ${document.uniqueId}`,
      received: `${told(document)}, alors que ${why}`,
      expected: 'un document refusé, ou qui attend qu’une personne le regarde',
      remedy: 'Contrôlez l’archive (empreintes, tailles, patient unique) avant de classer ses documents.',
    });
  }
  return report.findings;
}
