import { Buffer } from 'node:buffer';
import { headers, readAddresses, readMail } from '#formats/mail/index.ts';

/** What an answer needs of the mail that it is about. */
export interface Original {
  readonly source: Uint8Array;
  readonly messageId: string;
  readonly references: string;
  readonly subject: string;
  /** Asked for by `Return-Receipt-To` (delivery) and `Disposition-Notification-To` (reading). */
  readonly deliveryReportAsked: boolean;
  readonly readReportTo: string | undefined;
}

const MAX_HEADER = 16 * 1024;

/** Reads the mail that is answered; of one that cannot be read, only its bytes are known. */
export function readOriginal(source: Uint8Array): Original {
  const reading = readMail(source);
  const one = (name: string): string =>
    reading.ok ? (headers(reading.mail, name)[0]?.value ?? '').replaceAll(/[\r\n]+/gu, ' ').trim() : '';
  const asked = reading.ok ? headers(reading.mail, 'Disposition-Notification-To')[0] : undefined;
  return {
    source,
    messageId: one('Message-ID'),
    references: one('References'),
    subject: one('Subject'),
    deliveryReportAsked: one('Return-Receipt-To') !== '',
    readReportTo: asked === undefined ? undefined : readAddresses(asked)[0]?.address,
  };
}

/** Header lines of a mail, bounded, with the blank line out. */
export function headOf(source: Uint8Array): string {
  const text = Buffer.from(source.subarray(0, MAX_HEADER)).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? text : text.slice(0, end + 2);
}
