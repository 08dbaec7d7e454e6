import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { checkPdfFile } from '../pdf/index.ts';
import { applyRules, findingOf } from '../rule/index.ts';
import { checkXdm, checkXdmFile } from '../xdm/index.ts';
import { MESSAGE_RULES } from './rules/message.ts';
import { PEOPLE_RULES } from './rules/people.ts';
import { RECEIPT_RULES } from './rules/receipts.ts';
import { REPORT_RULES } from './rules/reports.ts';
import { TEXT_RULES } from './rules/text.ts';
import { SET_RULES } from './set.ts';
import { readMailSubject } from './read.ts';
import type { MailOptions, MailRule, MailSubject } from './types.ts';
import { SENDING, TO_PATIENT, TO_PROFESSIONALS } from './vocabulary.ts';

const UNREADABLE = {
  id: 'MAIL-READABLE',
  layer: 'wellformed',
  severity: 'error',
  requirements: ['MSS/va1.11', 'MSS/va1.12', ...SENDING],
  source: 'RFC 5322',
  title: 'Le fichier est la source d’un message.',
  expected: 'un message RFC 5322, en-têtes puis corps',
  remedy: 'Exportez la source brute du message (format .eml).',
} as const;

const MAIL_RULES: readonly MailRule[] = [
  ...MESSAGE_RULES,
  ...TEXT_RULES,
  ...PEOPLE_RULES,
  ...RECEIPT_RULES,
  ...REPORT_RULES,
];

/** Every rule of this folder, as data. Archives and PDF attached are judged by `checks/xdm` and `checks/pdf`. */
export const RULES: readonly Rule[] = [UNREADABLE, ...MAIL_RULES, ...SET_RULES];

/**
 * Judges an MSSanté mail, with its archive and its PDF.
 * The requirement about patients (MSS/va1.01) is left off the findings of a mail to professionals, and the reverse
 * (MSS/va1.21); those of wave 2 are left off in wave 1.
 * @param source the mail as transmitted, dot-stuffing undone
 * @returns every finding; one of layer `wellformed` when the source cannot be read
 */
export async function checkMailFile(source: Uint8Array, options: MailOptions = {}): Promise<readonly Finding[]> {
  const subject = await readMailSubject(source, options);
  if ('fault' in subject) return [findingOf(UNREADABLE, { where: 'source du message', received: subject.fault })];
  const serves = servedBy(subject);
  const without = options.without ? { without: options.without } : {};
  const codes = options.codes ? { codes: options.codes } : {};
  const archives = await Promise.all(
    subject.archives.map(async ({ part, reading }) => {
      const where = `partie ${part.path}`;
      const findings = reading.ok
        ? checkXdm(reading, { serves, ...codes, ...without })
        : await checkXdmFile(part.content, { serves, ...codes, ...without });
      return findings.map((finding) => ({ ...finding, where: `${where}, ${finding.where}` }));
    }),
  );
  const pdfs = subject.carriesReports
    ? subject.pdfs.flatMap(({ part, name }) =>
        checkPdfFile(part.content, without).map((finding) => ({
          ...finding,
          where: `partie ${part.path} (${name || 'sans nom'}), ${finding.where}`,
          requirements: [...finding.requirements, ...SENDING.filter(serves)],
        })),
      )
    : [];
  return [...applyRules(MAIL_RULES, subject, { serves, ...without }), ...archives.flat(), ...pdfs];
}

function servedBy({ recipients, patientRecipients, options }: MailSubject): (requirement: string) => boolean {
  const toPatient = patientRecipients.length > 0;
  const toProfessionals = recipients.length > patientRecipients.length || recipients.length === 0;
  return (requirement) => {
    if (requirement === TO_PATIENT) return toPatient;
    if (requirement === TO_PROFESSIONALS) return toProfessionals;
    return options.wave === 'va2' || !requirement.startsWith('MSS/CONF');
  };
}
