import { checkMailFile } from '#checks/mail/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { header, readMail } from '#formats/mail/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';
import { mailSource } from './eml.ts';
import { readWhole } from './read-file.ts';
import type { CheckOptions } from './types.ts';

/** Judges one saved mail; lines are those of the file, not of the mail that it holds. */
export async function judgeMail(bytes: Uint8Array, options: CheckOptions): Promise<readonly Finding[]> {
  const { source, firstLine } = mailSource(bytes);
  const { wave, original, sender, patientQualified, codes } = options;
  const findings = await checkMailFile(source, {
    // A later wave asks for at least what the second one does.
    wave: wave === undefined || wave === 'va1' ? 'va1' : 'va2',
    ...(original === undefined ? {} : { original }),
    ...(sender === undefined ? {} : { sender }),
    ...(patientQualified === undefined ? {} : { identityQualified: patientQualified }),
    ...(codes === undefined ? {} : { codes }),
  });
  const shift = firstLine - 1;
  return shift === 0 ? findings : findings.map((one) => ({ ...one, where: shifted(one.where, shift) }));
}

/**
 * Reads the mail of `--original`.
 * @throws CliError when it cannot be read, or has no Message-ID: nothing could then be compared
 */
export async function readOriginal(file: string): Promise<NonNullable<CheckOptions['original']>> {
  const read = await readWhole(file);
  if (!read.ok) {
    const [finding] = read.outcome.findings;
    throw refusal(file, finding?.received ?? 'lecture impossible', read.outcome.exitCode);
  }
  const reading = readMail(mailSource(read.bytes).source);
  if (!reading.ok) throw refusal(file, reading.fault.message);
  const { mail } = reading;
  const messageId = header(mail, 'Message-ID');
  if (messageId === undefined) throw refusal(file, 'ce message n’a pas de Message-ID');
  return {
    messageId,
    references: (header(mail, 'References') ?? '').split(/\s+/).filter((one) => one !== ''),
    subject: header(mail, 'Subject') ?? '',
  };
}

function refusal(file: string, reason: string, exitCode: number = EXIT.usage): CliError {
  return new CliError(
    'CHECK_ORIGINAL_UNREADABLE',
    exitCode,
    `Le message d'origine ${file} ne se lit pas : ${reason}.`,
    'Donnez à --original la source (.eml) du message reçu auquel le produit répond.',
  );
}

/** Lines inside an attachment are its own. */
function shifted(where: string, by: number): string {
  return where.startsWith('partie ')
    ? where
    : where.replace(/\bligne (\d{1,9})\b/g, (_, line: string) => `ligne ${Number(line) + by}`);
}
