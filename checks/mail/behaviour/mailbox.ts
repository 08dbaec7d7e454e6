import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';

/** A mail as the mailbox of the operator holds it, found by its Message-ID; absent when it is not there. */
export interface HeldMail {
  readonly flags: ReadonlySet<string>;
}

/** Judges that a mail which the product dealt with is read for the other readers of the mailbox (assertion M12). */
export function checkSeen(mail: HeldMail | undefined, messageId: string): readonly Finding[] {
  const report = openReport(RULES);
  // One that was moved or deleted is dealt with as well.
  if (mail !== undefined && ![...mail.flags].some((flag) => flag.toLowerCase() === '\\seen')) {
    report.add('MAIL-IN-SEEN', {
      where: `courriel ${messageId}, boîte de l’opérateur`,
      received: [...mail.flags].join(' ') || 'aucune marque',
      expected: '\\Seen',
      remedy: 'Marquez lu (UID STORE +FLAGS \\Seen) chaque courriel que le produit a traité.',
    });
  }
  return report.findings;
}

/** Judges that a mail deleted by the user, as its journal says, has left the INBOX of the operator. */
export function checkDeleted(mail: HeldMail | undefined, messageId: string): readonly Finding[] {
  const report = openReport(RULES);
  if (mail !== undefined && ![...mail.flags].some((flag) => flag.toLowerCase() === '\\deleted')) {
    report.add('MAIL-TRACE-DONE', {
      where: `courriel ${messageId}, boîte de l’opérateur`,
      received: 'le courriel, toujours dans la boîte de réception',
      expected: 'un courriel effacé (EXPUNGE), déplacé, ou marqué \\Deleted',
      remedy: 'Supprimez le courriel dans la boîte de l’opérateur, ou ne tracez pas de suppression.',
    });
  }
  return report.findings;
}
