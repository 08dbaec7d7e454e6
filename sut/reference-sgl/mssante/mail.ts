import { randomUUID } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { displayName, firstGiven, frenchDate, REPORT_TYPE, withoutAccents } from '../documents/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';

export interface Recipient {
  readonly address: string;
  readonly kind: 'professionnel' | 'patient';
}

/** Headers written in the case of the MSSanté reference; the library would write `X-Mss-Nil`. */
const EXACT = new Map(
  ['X-MSS-NIL', 'X-MSS-INS', 'X-MSS-CODECDA', 'X-MSS-MES'].map((name) => [name.toLowerCase(), name]),
);

/** A new Message-ID on the domain of the laboratory's mailbox. */
export function newMessageId(config: SglConfig): string {
  return `<${randomUUID()}@${config.laboratory.mailbox.split('@')[1] ?? 'localhost'}>`;
}

/**
 * The mail of a report to one recipient, ready for the mail library. Source: protocols.md §5.3, ECO numbers there.
 *
 * @param archive IHE_XDM.ZIP, with one CDA
 * @param faults `mss-sans-libelle` leaves the display name of the sender out
 */
export function composeMail(
  report: Report,
  archive: Uint8Array,
  pdf: BuiltDocument,
  recipient: Recipient,
  config: SglConfig,
  messageId: string,
  faults: ReadonlySet<string>,
): SendMailOptions {
  const mailbox = config.laboratory.mailbox;
  return {
    messageId,
    // ECO 2.2.7: the mailbox is the organisation's, so its label is the organisation alone.
    from: faults.has('mss-sans-libelle') ? mailbox : { name: config.laboratory.name, address: mailbox },
    to: recipient.address,
    subject: subject(report),
    text: body(report, recipient, config),
    headers: {
      'Disposition-Notification-To': mailbox,
      'Return-Receipt-To': mailbox,
      'X-MSS-NIL': config.mssante.nil,
      'X-MSS-CODECDA': REPORT_TYPE.code,
      'X-MSS-INS': shareableIns(report.patient) === undefined ? 'N' : 'O',
      ...(recipient.kind === 'patient' ? { 'X-MSS-MES': 'FIN' } : {}),
    },
    normalizeHeaderKey: (key) => EXACT.get(key.toLowerCase()) ?? '',
    attachments: [
      { filename: 'IHE_XDM.ZIP', content: Buffer.from(archive), contentType: 'application/zip' },
      { filename: pdf.fileName, content: Buffer.from(pdf.bytes), contentType: pdf.mediaType },
    ],
    // RFC 3461: asked when the server offers it, on top of the header.
    dsn: { id: messageId.slice(1, -1), return: 'headers', notify: ['success', 'failure', 'delay'] },
  };
}

/** `XDM/1.0/DDM+<type> <NOM> <prenom> <JJ/MM/AAAA>`, type cut at 40 characters (ECO 2.1.3). */
function subject(report: Report): string {
  const { patient } = report;
  const name = withoutAccents(patient.traits.birthName).toUpperCase();
  const given = withoutAccents(firstGiven(patient));
  return `XDM/1.0/DDM+${REPORT_TYPE.label.slice(0, 40)} ${name} ${given} ${frenchDate(patient.traits.birthDate)}`;
}

function body(report: Report, recipient: Recipient, config: SglConfig): string {
  const { traits } = report.patient;
  const who = `${traits.birthName} ${firstGiven(report.patient)}, né${traits.sex === 'F' ? 'e' : ''} le ${frenchDate(traits.birthDate)}`;
  const opening =
    recipient.kind === 'patient'
      ? ['Bonjour,', '', "Votre compte rendu d'examens biologiques est joint à ce message."]
      : ['Bonjour,', '', `Le compte rendu d'examens biologiques de ${who}, est joint à ce message.`];
  return [
    ...opening,
    `Demande ${report.requestId}, validée par ${displayName(report.biologist)}.`,
    '',
    'Ce message est envoyé automatiquement par le logiciel du laboratoire.',
    `Pour toute question : ${config.laboratory.phone}.`,
    '',
    config.laboratory.name,
    '',
  ].join('\n');
}
