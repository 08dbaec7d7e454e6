import { randomUUID } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { displayName, firstGiven, frenchDate, REPORT_TYPE, withoutAccents } from '../documents/index.ts';
import { spoilMail } from '../faults/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { type OwnMailbox, ownMailboxes } from './mailboxes.ts';

export interface Recipient {
  readonly address: string;
  readonly kind: 'professionnel' | 'patient';
}

/** How the laboratory is set to send, and what is sent besides a first report. */
export interface MailTerms {
  /** Mailbox that sends; the laboratory's unless told otherwise. */
  readonly box?: OwnMailbox;
  /** Address to answer to, when it is another one (MSS/va1.18). */
  readonly replyTo?: string;
  /** Patients may answer (SC.MSS/CONF.21); they may not unless told. */
  readonly patientReplies?: boolean;
  /** X-MSS-CODECDA, when the archive carries more than the report. */
  readonly codes?: string;
}

/** Headers written in the case of the MSSanté reference; the library would write `X-Mss-Nil`. */
const EXACT = new Map(
  ['X-MSS-NIL', 'X-MSS-INS', 'X-MSS-CODECDA', 'X-MSS-MES'].map((name) => [name.toLowerCase(), name]),
);

/** A new Message-ID on the domain of the mailbox that sends. */
export function newMessageId(config: SglConfig, box?: Pick<OwnMailbox, 'address'>): string {
  return `<${randomUUID()}@${(box?.address ?? config.laboratory.mailbox).split('@')[1] ?? 'localhost'}>`;
}

/** What every mail of this system carries, whatever it is about: who writes, and the product (SC.MSS/CONF.16). */
export function commonFields(
  box: OwnMailbox,
  messageId: string,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Omit<SendMailOptions, 'headers'> & { headers: Record<string, string> } {
  return {
    messageId,
    // ECO 2.2.7: an organisation's mailbox has the organisation's label, a person's has that of the person.
    from: faults.has('mss-sans-libelle') ? box.address : { name: box.label, address: box.address },
    headers: { 'X-MSS-NIL': config.mssante.nil },
    normalizeHeaderKey: (key) => EXACT.get(key.toLowerCase()) ?? '',
  };
}

/**
 * The mail of a report to one recipient, ready for the mail library. Source: protocols.md §5.3, ECO numbers there.
 *
 * @param archive IHE_XDM.ZIP, with one CDA
 * @param faults `mss-…` write the message wrong, and nothing else
 */
export function composeMail(
  report: Report,
  archive: Uint8Array,
  pdf: BuiltDocument,
  recipient: Recipient,
  config: SglConfig,
  messageId: string,
  faults: ReadonlySet<string>,
  terms: MailTerms = {},
): SendMailOptions & { subject: string; text: string } {
  const box = terms.box ?? mainMailbox(config);
  const common = commonFields(box, messageId, config, faults);
  const copies = [
    { filename: pdf.fileName, content: pdfBytes(pdf, faults), contentType: pdf.mediaType },
    ...(faults.has('mss-deux-pdf') ? [{ filename: 'annexe.pdf', content: Buffer.from(pdf.bytes) }] : []),
  ];
  return {
    ...common,
    to: faults.has('mss-patient-et-professionnel')
      ? [recipient.address, ...besides(report, recipient, config)]
      : recipient.address,
    ...replyToOf(box, terms, config, faults),
    subject: subject(report, faults),
    text: body(report, recipient, box, config, faults, terms.replyTo ?? config.laboratory.mailbox),
    headers: {
      ...(faults.has('mss-sans-accuse')
        ? {}
        : { 'Disposition-Notification-To': box.address, 'Return-Receipt-To': box.address }),
      ...common.headers,
      'X-MSS-CODECDA': terms.codes ?? REPORT_TYPE.code,
      'X-MSS-INS': shareableIns(report.patient) === undefined ? 'N' : 'O',
      ...(recipient.kind === 'patient' && terms.patientReplies !== true ? { 'X-MSS-MES': 'FIN' } : {}),
    },
    attachments: [
      ...(faults.has('mss-sans-archive')
        ? []
        : [{ filename: 'IHE_XDM.ZIP', content: Buffer.from(archive), contentType: 'application/zip' }]),
      ...(faults.has('mss-sans-pdf') ? [] : copies),
    ],
  };
}

/** Where an answer goes: the address that was set, else a mailbox that somebody reads (ECO 2.2.5). */
function replyToOf(
  box: OwnMailbox,
  { replyTo }: MailTerms,
  config: SglConfig,
  faults: ReadonlySet<string>,
): { replyTo?: string } {
  if (replyTo !== undefined && !faults.has('mss-adresse-retour-ignoree')) return { replyTo };
  if (box.kind === 'APP' && !faults.has('mss-app-sans-retour')) return { replyTo: config.laboratory.mailbox };
  return {};
}

function pdfBytes({ bytes }: BuiltDocument, faults: ReadonlySet<string>): Buffer {
  const own = Buffer.from(bytes);
  return faults.has('mss-pdf-autre') ? Buffer.concat([own, Buffer.from('\n% copie\n')]) : own;
}

/** Only with its fault: the patient beside the professional, or the reverse. */
function besides({ patient, recipients }: Report, { kind }: Recipient, config: SglConfig): string[] {
  if (kind === 'patient') return recipients.professionals.slice(0, 1);
  const ins = shareableIns(patient);
  return ins === undefined ? [] : [`${ins.matricule}@${config.mssante.patientDomain ?? 'patient.mssante.fr'}`];
}

function mainMailbox(config: SglConfig): OwnMailbox {
  const [main] = ownMailboxes(config);
  if (!main) throw new TypeError('the laboratory has a mailbox');
  return main;
}

/** The bytes of DATA, with what the faults switched on make wrong in them. */
export async function writeMail(
  mail: SendMailOptions,
  faults: ReadonlySet<string>,
  kind: 'report' | 'message',
): Promise<Buffer> {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const info = await writer.sendMail(mail);
  return spoilHead(info.message as Buffer, faults, kind);
}

function spoilHead(raw: Buffer, faults: ReadonlySet<string>, kind: 'report' | 'message'): Buffer {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, end).replaceAll(/\r\n[ \t]+/g, ' ');
  const spoilt = spoilMail('head', kind === 'report' ? spoilMail('report-head', head, faults) : head, faults);
  const rest = spoilMail('body', text.slice(end), faults);
  return spoilt === head && rest === text.slice(end) ? raw : Buffer.from(spoilt + rest, 'latin1');
}

/**
 * `XDM/1.0/DDM+<type> <NOM> <prenom> <JJ/MM/AAAA>`, type cut at 40 characters (ECO 2.1.3); a version that takes the
 * place of another begins with a notice that receivers know (MSS/va1.35).
 */
function subject(report: Report, faults: ReadonlySet<string>): string {
  const { patient } = report;
  const name = withoutAccents(patient.traits.birthName).toUpperCase();
  const given = withoutAccents(firstGiven(patient));
  const notice = report.version > 1 && !faults.has('mss-remplace-sans-mention') ? `${REPLACES} ` : '';
  const label = REPORT_TYPE.label.slice(0, 40);
  return `${notice}XDM/1.0/DDM+${label} ${name} ${given} ${frenchDate(patient.traits.birthDate)}`;
}

export const REPLACES = '[Annule et remplace]';

function body(
  report: Report,
  recipient: Recipient,
  box: OwnMailbox,
  config: SglConfig,
  faults: ReadonlySet<string>,
  replyTo: string,
): string {
  const { traits } = report.patient;
  const who = `${traits.birthName} ${firstGiven(report.patient)}, né${traits.sex === 'F' ? 'e' : ''} le ${frenchDate(traits.birthDate)}`;
  const opening =
    recipient.kind === 'patient'
      ? ['Bonjour,', '', "Votre compte rendu d'examens biologiques est joint à ce message."]
      : ['Bonjour,', '', `Le compte rendu d'examens biologiques de ${who}, est joint à ce message.`];
  const replaces =
    report.version > 1 && !faults.has('mss-remplace-sans-mention')
      ? ['Il annule et remplace celui qui vous a été envoyé auparavant.']
      : [];
  const partial = report.status === 'partiel' ? ['Il est partiel : un compte rendu complet suivra.'] : [];
  return [
    ...opening,
    ...replaces,
    ...partial,
    `Demande ${report.requestId}, validée par ${displayName(report.biologist)}.`,
    '',
    ...(box.kind === 'APP' ? [] : ['Ce message est envoyé automatiquement par le logiciel du laboratoire.']),
    `Pour toute question : ${config.laboratory.phone}.`,
    '',
    config.laboratory.name,
    '',
    // At the end of the message (ECO 2.2.5).
    ...(box.kind === 'APP' && !faults.has('mss-app-sans-mention') ? [automaticMention(replyTo), ''] : []),
  ].join('\n');
}

/** Of a mailbox that nobody reads: that the message is automatic, and where to write, as Reply-To says. */
export function automaticMention(replyTo: string): string {
  return `Ce message a été généré automatiquement. Pour joindre le laboratoire, écrivez à ${replyTo}.`;
}
