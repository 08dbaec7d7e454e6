import { randomUUID } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { spoilMail } from '../faults/index.ts';
import type { SglConfig } from '../model/types.ts';
import { commonFields, newMessageId, writeMail } from './mail.ts';
import type { OwnMailbox } from './mailboxes.ts';
import type { Outgoing } from './smtp.ts';

/** A mail received, as far as its sender is answered by machine. */
export interface Answered {
  readonly messageId: string;
  readonly references: readonly string[];
  readonly subject: string;
  readonly raw: Buffer;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[];
}

/** How a mail was dealt with; with an error, its documents were not integrated. */
export interface Disposition {
  readonly type: 'processed' | 'displayed';
  readonly byHand: boolean;
  readonly error?: { readonly code: string; readonly label: string };
}

/**
 * The read report that the sender asked for (RFC 8098): what became of his mail, with the integration error and his own
 * mail when there is one. Source: protocols.md §5.5 and annex A.6.
 */
export async function composeReceipt(
  mail: Answered,
  to: string,
  disposition: Disposition,
  box: OwnMailbox,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<Outgoing> {
  const { error, byHand, type } = disposition;
  const messageId = newMessageId(config, box);
  const mode = byHand ? 'manual-action/MDN-sent-manually' : 'automatic-action/MDN-sent-automatically';
  const outcome = error ? `${type}/Error: ${error.code}^${error.label}` : type;
  const notification = [
    `Reporting-UA: ${config.product.name}; ${config.product.version}`,
    `Original-Recipient: rfc822;${box.address}`,
    `Final-Recipient: rfc822;${box.address}`,
    `Original-Message-ID: ${mail.messageId}`,
    `Disposition: ${mode}; ${outcome}`,
    '',
  ].join('\r\n');
  const boundary = `accuse-${randomUUID()}`;
  const part = (type: string, content: Buffer | string): Buffer =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]);
  const back = error ? part('message/rfc822', mail.raw) : part('message/rfc822', headOf(mail.raw));
  const head = await headerOf(
    {
      ...commonFields(box, messageId, config, faults),
      to,
      subject: subjectOf(mail, disposition, faults),
      inReplyTo: mail.messageId,
      references: [...mail.references, mail.messageId],
    },
    faults,
  );
  const raw = Buffer.concat([
    Buffer.from(
      `${head}\r\nContent-Type: multipart/report; report-type=disposition-notification;\r\n boundary="${boundary}"\r\n\r\n`,
      'latin1',
    ),
    part('text/plain; charset=utf-8', textOf(disposition)),
    part('message/disposition-notification; charset=utf-8', notification),
    back,
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { from: box.address, to: [to], raw: spoilt(raw, faults), messageId, report: false };
}

function spoilt(raw: Buffer, faults: ReadonlySet<string>): Buffer {
  return Buffer.from(spoilMail('receipt', raw.toString('latin1'), faults), 'latin1');
}

/** Where no report was asked, an ordinary mail says that the documents were not integrated, and gives them back. */
export async function composeIntegrationError(
  mail: Answered,
  to: string,
  error: { readonly code: string; readonly label: string },
  box: OwnMailbox,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<Outgoing> {
  const messageId = newMessageId(config, box);
  const disposition = { type: 'processed', byHand: false, error } as const;
  const composed: SendMailOptions = {
    ...commonFields(box, messageId, config, faults),
    to,
    subject: subjectOf(mail, disposition, faults),
    inReplyTo: mail.messageId,
    references: [...mail.references, mail.messageId],
    text: textOf(disposition),
    attachments: mail.attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
  };
  return { from: box.address, to: [to], raw: await writeMail(composed, faults, 'message'), messageId, report: false };
}

function subjectOf({ subject }: Answered, { error }: Disposition, faults: ReadonlySet<string>): string {
  return error && !faults.has('mss-erreur-sans-code')
    ? `[KO Intégration système !][${error.code}] ${subject}`
    : subject;
}

function textOf({ error, type }: Disposition): string {
  if (error) return `Les documents reçus n'ont pas été intégrés : ${error.code}, ${error.label}.\r\n`;
  return type === 'displayed' ? 'Votre message a été affiché.\r\n' : 'Les documents reçus ont été intégrés.\r\n';
}

/** Header lines of a message as the library writes them, without those of its content. */
async function headerOf(mail: SendMailOptions, faults: ReadonlySet<string>): Promise<string> {
  const raw = (await writeMail({ ...mail, text: '' }, faults, 'message')).toString('latin1');
  return raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .split(/\r\n(?![ \t])/)
    .filter((line) => !/^content-/i.test(line))
    .join('\r\n');
}

function headOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return raw.subarray(0, end < 0 ? Math.min(raw.length, 8_192) : end + 4);
}
