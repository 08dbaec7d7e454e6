import type { SendMailOptions } from 'nodemailer';
import { firstGiven, frenchDate, frenchDateTime } from '../documents/index.ts';
import type { Report, SglConfig } from '../model/types.ts';
import { commonFields, type MailTerms, type Recipient } from './mail.ts';
import type { OwnMailbox } from './mailboxes.ts';

/** A message that a person writes, or that this system writes by itself, without health document. */
export interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Also as HTML, with the same words (ECO 2.2.4). */
  readonly html?: boolean;
  readonly deliveryReceipt?: boolean;
  readonly readReceipt?: boolean;
  /** Towards a patient who must not answer (SC.MSS/CONF.21). */
  readonly noReply?: boolean;
  readonly replyTo?: string | undefined;
  /** The mail that this one answers: its Message-ID, and those that it cited itself (RFC 5322 §3.6.4). */
  readonly answers?: { readonly messageId: string; readonly references: readonly string[] };
}

export function composeLetter(
  letter: Letter,
  box: OwnMailbox,
  config: SglConfig,
  messageId: string,
  faults: ReadonlySet<string>,
): SendMailOptions {
  const common = commonFields(box, messageId, config, faults);
  const { answers } = letter;
  const html = letter.html ? { html: asHtml(letter.text, faults) } : {};
  return {
    ...common,
    to: [...letter.to],
    subject: letter.subject,
    ...(faults.has('mss-html-seul') && letter.html ? {} : { text: letter.text }),
    ...html,
    ...(letter.replyTo !== undefined && { replyTo: letter.replyTo }),
    ...(answers && !faults.has('mss-reponse-sans-in-reply-to') && { inReplyTo: answers.messageId }),
    ...(answers &&
      !faults.has('mss-reponse-sans-references') && {
        references: [...(faults.has('mss-references-tronquees') ? [] : answers.references), answers.messageId],
      }),
    headers: {
      ...common.headers,
      ...(letter.deliveryReceipt && !faults.has('mss-accuse-non-demande') && { 'Return-Receipt-To': box.address }),
      ...(letter.readReceipt && { 'Disposition-Notification-To': box.address }),
      ...(letter.noReply && !faults.has('mss-fin-ignore') && { 'X-MSS-MES': 'FIN' }),
    },
  };
}

/** The same words, a paragraph a line of the text. */
function asHtml(text: string, faults: ReadonlySet<string>): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const paragraphs = escaped
    .split(/\r?\n/)
    .map((line) => `<p>${line}</p>`)
    .join('\n');
  const more = faults.has('mss-html-autre-texte') ? '<p>Consultez aussi notre site.</p>' : '';
  return `<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Message</title></head><body>\n${paragraphs}${more}\n</body></html>`;
}

/** What every person who received a report is told when it is deleted (MSS/va1.37). */
export function deletionNotice(
  report: Report,
  reason: string | undefined,
  recipient: Recipient,
  terms: MailTerms,
  config: SglConfig,
): Letter {
  const { traits } = report.patient;
  const whose =
    recipient.kind === 'patient'
      ? 'Votre compte rendu d’examens biologiques'
      : `Le compte rendu d’examens biologiques de ${traits.birthName} ${firstGiven(report.patient)}, né${traits.sex === 'F' ? 'e' : ''} le ${frenchDate(traits.birthDate)},`;
  return {
    to: [recipient.address],
    subject: "Suppression d'un compte rendu d'examens biologiques",
    text: [
      'Bonjour,',
      '',
      `${whose} validé le ${frenchDateTime(report.validatedAt)} (demande ${report.requestId}) est supprimé : n’en tenez plus compte.`,
      ...(reason === undefined ? [] : [`Motif : ${reason}.`]),
      '',
      'Ce message est envoyé automatiquement par le logiciel du laboratoire.',
      `Pour toute question : ${config.laboratory.phone}, ${config.laboratory.mailbox}.`,
      '',
      config.laboratory.name,
      '',
    ].join('\n'),
    replyTo: terms.replyTo ?? (terms.box?.kind === 'APP' ? config.laboratory.mailbox : undefined),
    noReply: recipient.kind === 'patient' && terms.patientReplies !== true,
  };
}
