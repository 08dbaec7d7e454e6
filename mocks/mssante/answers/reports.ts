import { composeMail, type Part } from './compose.ts';
import { ANSWERS, type Failure } from './data.ts';
import { headOf, type Original } from './original.ts';
import type { DsnRequest } from './dsn-request.ts';

/** Who answers, when, to whom. */
export interface AnswerFrame {
  readonly domain: string;
  readonly at: Date;
  readonly uuid: () => string;
  /** Mailbox that sent the mail answered. */
  readonly sender: string;
  /** Recipient that the answer is about. */
  readonly recipient: string;
  readonly original: Original;
}

type Report = Pick<Failure, 'status' | 'reply' | 'subject' | 'text'> & {
  readonly action: 'delivered' | 'failed' | 'delayed';
};

/**
 * A report of delivery, of delay or of failure: `multipart/report` of RFC 3464, with ORCPT and ENVID when the sender gave them, the
 * whole mail when it asked for it (RET=FULL) or its header.
 */
export function deliveryReport(frame: AnswerFrame, report: Report, asked: DsnRequest): Uint8Array {
  const { recipient, original, at, domain } = frame;
  const status = [
    `Reporting-MTA: dns; smtp.${domain}`,
    ...(asked.envid === undefined ? [] : [`Original-Envelope-Id: ${asked.envid}`]),
    `Arrival-Date: ${date(at)}`,
    '',
    ...(asked.orcpt === undefined ? [] : [`Original-Recipient: ${asked.orcpt}`]),
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${report.action}`,
    `Status: ${report.status}`,
    `Diagnostic-Code: smtp; ${report.reply}`,
    `Last-Attempt-Date: ${date(at)}`,
    '',
  ].join('\r\n');
  return composeMail({
    headers: operatorHeaders(frame, report.subject),
    subtype: 'report; report-type=delivery-status',
    boundary: frame.uuid(),
    parts: [
      text(`${report.text}\r\n\r\nDestinataire : ${recipient}\r\n`),
      { type: 'message/delivery-status', content: status },
      back(original, asked),
    ],
  });
}

/** A failure told in an ordinary mail, as Mon espace santé does: only its words and the header quoted say what it is about. */
export function plainFailure(frame: AnswerFrame, failure: Failure): Uint8Array {
  const { recipient, original } = frame;
  return composeMail({
    headers: operatorHeaders(frame, failure.subject),
    boundary: frame.uuid(),
    parts: [
      text(
        `Bonjour,\r\n\r\n${failure.text}\r\n\r\nDestinataire : ${recipient}\r\nObjet : ${original.subject}\r\nMotif : ${failure.reply}\r\n\r\nCe message est automatique, merci de ne pas y répondre.\r\n`,
      ),
    ],
  });
}

/** A report that a person displayed the mail, by hand (RFC 8098). */
export function readReceipt(frame: AnswerFrame): Uint8Array {
  return disposition(frame, `${ANSWERS.displayed.subject}${frame.original.subject}`, ANSWERS.displayed.text, {
    field: 'manual-action/MDN-sent-manually; displayed',
    back: { type: 'text/rfc822-headers', content: headBytes(frame.original) },
  });
}

/**
 * The receiving software says that it could not integrate the documents. Source: protocols.md §5.5, annex A.6: a report
 * of disposition with the whole mail where one was asked for; otherwise an ordinary mail, with that mail attached.
 */
export function integrationError(frame: AnswerFrame, code: string, label: string): Uint8Array {
  const { original } = frame;
  const subject = `[KO Intégration système !][${code}] ${original.subject}`;
  const words = `Les documents reçus n'ont pas été intégrés.\r\nCode : ${code}\r\nLibellé : ${label}\r\n`;
  const whole: Part = { type: 'message/rfc822', content: original.source };
  if (original.readReportTo === undefined) {
    return composeMail({
      headers: recipientHeaders(frame, subject),
      subtype: 'mixed',
      boundary: frame.uuid(),
      parts: [text(words), whole],
    });
  }
  return disposition(frame, subject, words, {
    field: `automatic-action/MDN-sent-automatically; processed/Error: ${code}^${label}`,
    back: whole,
  });
}

/** A patient answers by hand: same thread (RFC 5322 §3.6.4), text only. */
export function patientReply(frame: AnswerFrame): Uint8Array {
  const { subject, text: words } = ANSWERS.patientReply;
  return composeMail({
    headers: recipientHeaders(frame, `${subject}${frame.original.subject}`),
    boundary: frame.uuid(),
    parts: [text(words)],
  });
}

function disposition(
  frame: AnswerFrame,
  subject: string,
  words: string,
  { field, back: last }: { readonly field: string; readonly back: Part },
): Uint8Array {
  const { recipient, original, domain } = frame;
  const notification = [
    `Reporting-UA: ${domain}; banc de test`,
    `Original-Recipient: rfc822; ${recipient}`,
    `Final-Recipient: rfc822; ${recipient}`,
    ...(original.messageId === '' ? [] : [`Original-Message-ID: ${original.messageId}`]),
    `Disposition: ${field}`,
    '',
  ].join('\r\n');
  return composeMail({
    headers: recipientHeaders(frame, subject),
    subtype: 'report; report-type=disposition-notification',
    boundary: frame.uuid(),
    parts: [text(words), { type: 'message/disposition-notification', content: notification }, last],
  });
}

function operatorHeaders(frame: AnswerFrame, subject: string): readonly (readonly [string, string])[] {
  const { domain, sender, at, uuid } = frame;
  return [
    ['From', `"Operateur MSSante" <${ANSWERS.postmaster}@${domain}>`],
    ['To', `<${sender}>`],
    ['Subject', subject],
    ['Message-ID', `<${uuid()}@${domain}>`],
    ['Date', date(at)],
    ['Auto-Submitted', 'auto-replied'],
  ];
}

function recipientHeaders(frame: AnswerFrame, subject: string): readonly (readonly [string, string])[] {
  const { domain, sender, recipient, at, uuid, original } = frame;
  const thread = [original.references, original.messageId].filter((one) => one !== '').join(' ');
  return [
    ['From', `<${recipient}>`],
    ['To', `<${sender}>`],
    ['Subject', subject],
    ['Message-ID', `<${uuid()}@${domain}>`],
    ...(original.messageId === '' ? [] : [['In-Reply-To', original.messageId] as const]),
    ...(thread === '' ? [] : [['References', thread] as const]),
    ['Date', date(at)],
  ];
}

const text = (content: string): Part => ({ type: 'text/plain; charset=UTF-8', content });

function back(original: Original, { ret }: DsnRequest): Part {
  return ret === 'FULL'
    ? { type: 'message/rfc822', content: original.source }
    : { type: 'text/rfc822-headers', content: headBytes(original) };
}

function headBytes({ source }: Original): Uint8Array {
  return Buffer.from(headOf(source), 'latin1');
}

/** RFC 5322 §3.3, in UTC. */
function date(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}
