import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';

/** What the bench put in the mailbox, and what came back to its sender. */
export interface AnswerSeen {
  /** Message-ID of the mail received. */
  readonly about: string;
  /** Its sender asked for a read report. */
  readonly asked: boolean;
  /** It carried documents, and the product says that none is integrated. */
  readonly failed: boolean;
  /** A mail came back about it. */
  readonly answered: boolean;
}

/**
 * Judges that who wrote learns what became of his mail: by the read report that he asked for, or that his documents were
 * not integrated. Nothing makes it mandatory (ECO.3.1.6: a client may), so both only warn; what does come back is judged
 * as a mail.
 */
export function checkAnswerGiven({ about, asked, failed, answered }: AnswerSeen): readonly Finding[] {
  const report = openReport(RULES);
  if (answered) return report.findings;
  const where = `courriel ${about}`;
  const received = 'aucun courriel en retour';
  if (asked) {
    report.add('MAIL-MDN-GIVEN', {
      where,
      received,
      expected: 'l’accusé de lecture que l’expéditeur a demandé (Disposition-Notification-To)',
      remedy: 'Rendez un message/disposition-notification à l’adresse de l’expéditeur (RFC 8098).',
    });
  }
  if (failed) {
    report.add('MAIL-FAILURE-TOLD', {
      where,
      received,
      expected: 'un compte rendu d’intégration qui dit l’échec et son code',
      remedy: 'Dites à l’expéditeur que ses documents ne sont pas intégrés, par l’accusé ou par un courriel ordinaire.',
    });
  }
  return report.findings;
}
