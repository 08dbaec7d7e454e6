import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';

const REMEDY = 'Ouvrez la connexion en clair, demandez STARTTLS, et ne vous présentez qu’une fois le canal chiffré.';

/**
 * Judges the commands of a submission (SC.MSS/CONF.05).
 *
 * @param transcript command lines before DATA, in order, secrets left out
 */
export function checkSmtpDialogue(transcript: readonly string[]): readonly Finding[] {
  const report = openReport(RULES);
  const verbs = transcript.map((line) => (line.trim().split(/\s/, 1)[0] ?? '').toUpperCase());
  const secured = verbs.indexOf('STARTTLS');
  const first = verbs.findIndex((verb) => verb === 'AUTH' || verb === 'MAIL');
  if (secured < 0 || (first >= 0 && first < secured)) {
    report.add('MAIL-SMTP-STARTTLS', {
      where: 'dialogue SMTP',
      received: verbs.join(', ') || 'aucune commande',
      expected: 'EHLO, STARTTLS, puis EHLO, AUTH et MAIL',
      remedy: REMEDY,
    });
  }
  return report.findings;
}

/** A command of an IMAP connection. */
export interface ImapCommand {
  /** Lower case: `starttls`, `login`, `authenticate`, `select`… */
  readonly name: string;
  /** Whether it came inside TLS. */
  readonly secured: boolean;
}

/**
 * Judges the commands of a reading (SC.MSS/CONF.06).
 *
 * @param commands of one mailbox read, in order
 */
export function checkImapDialogue(commands: readonly ImapCommand[]): readonly Finding[] {
  const report = openReport(RULES);
  const bare = commands.find(({ name, secured }) => !secured && name !== 'starttls');
  if (bare !== undefined || !commands.some(({ name }) => name === 'starttls')) {
    report.add('MAIL-IMAP-STARTTLS', {
      where: 'dialogue IMAP',
      received:
        commands.map(({ name, secured }) => `${name}${secured ? '' : ' (en clair)'}`).join(', ') || 'aucune commande',
      expected: 'STARTTLS, puis la connexion et la lecture dans le canal chiffré',
      remedy: REMEDY,
    });
  }
  return report.findings;
}
