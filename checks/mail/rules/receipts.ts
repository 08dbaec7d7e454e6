import { header, headers, leaves, reportField } from '#formats/mail/index.ts';
import type { MailRule, MailSubject } from '../types.ts';
import { INTEGRATION_CODES } from '../receipt.ts';
import { ABSENT, ECO } from '../vocabulary.ts';

/** RFC 8098 §3.2.6; after the type, `/error` and what it is about, as the MSSanté volume writes it. */
const DISPOSITION =
  /^(manual-action|automatic-action)\s*\/\s*(MDN-sent-manually|MDN-sent-automatically)\s*;\s*(displayed|dispatched|processed|deleted)\s*(?:\/\s*(error|warning|superseded|expired|mailbox-terminated)\s*(?::\s*(.+))?)?$/i;
const RECEIPT = `${ECO('3.1.6')} ; RFC 8098`;
const TELLS = ['MSS/va1.14'];

/** Rules on what asks for a receipt, and on the receipts that a product gives back. */
export const RECEIPT_RULES: readonly MailRule[] = [
  {
    id: 'MAIL-RETURN-RECEIPT',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.15'],
    source: `${ECO('2.3.1')} ; vague 1 : l’exigence nomme l’en-tête Return-Receipt-To`,
    title: 'En vague 1, l’accusé de réception se demande par Return-Receipt-To.',
    expected: 'Return-Receipt-To: <adresse MSSanté de l’émetteur>',
    remedy: 'Ajoutez Return-Receipt-To à côté de la demande d’accusé déjà présente.',
    judge: ({ mail, carriesReports, options }) => {
      if (options.wave === 'va2' || !(options.receiptRequested ?? carriesReports)) return [];
      if (headers(mail, 'Return-Receipt-To').length > 0) return [];
      const byHeader = header(mail, 'Disposition-Notification-To');
      const byEnvelope = options.transcript?.find((line) => /^RCPT TO:.*\bNOTIFY=(?!NEVER)/i.test(line));
      const asked = byHeader === undefined ? byEnvelope : `Disposition-Notification-To: ${byHeader}`;
      // Without any request, `MAIL-RECEIPT` speaks.
      return asked === undefined
        ? []
        : [{ where: 'Return-Receipt-To', received: `absent, alors que le message demande un accusé par « ${asked} »` }];
    },
  },
  {
    id: 'MAIL-MDN-STRUCTURE',
    layer: 'business',
    severity: 'error',
    requirements: TELLS,
    source: `${RECEIPT} §3`,
    title: 'Un accusé de lecture est un multipart/report de ce type.',
    expected:
      'multipart/report; report-type=disposition-notification : un texte, message/disposition-notification, puis le message d’origine ou ses en-têtes',
    remedy: 'Construisez l’accusé avec ces parties, dans cet ordre.',
    judge: ({ mail, receipt }) => {
      if (!receipt || receipt.report?.kind === 'delivery-status') return [];
      const { root } = mail;
      const isReport = root.contentType?.type === 'multipart/report';
      if (!receipt.report && !isReport) return [];
      const types = root.parts.map((one) => one.contentType?.type ?? 'type absent');
      const right =
        isReport &&
        receipt.report?.declared === 'disposition-notification' &&
        /^(?:text|multipart)\//.test(types[0] ?? '') &&
        types[1] === receipt.report.part.contentType?.type &&
        types.length <= 3;
      const declared = receipt.report?.declared ?? root.contentType?.parameters['report-type'] ?? ABSENT;
      return right
        ? []
        : [
            {
              where: 'Content-Type',
              received: `${root.contentType?.type ?? ABSENT}, report-type ${declared || ABSENT} : ${types.slice(0, 6).join(', ')}`,
            },
          ];
    },
  },
  {
    id: 'MAIL-MDN-FIELDS',
    layer: 'business',
    severity: 'error',
    requirements: TELLS,
    source: `${RECEIPT} §3.2`,
    title: 'Un accusé de lecture dit qui le rend et sur quel message.',
    expected: 'Final-Recipient: rfc822;<adresse de la boîte>, Original-Message-ID: <message lu>, une fois chacun',
    remedy: 'Tirez ces champs du message reçu et de la boîte qui l’a reçu.',
    judge: (subject) => {
      const report = dispositionOf(subject);
      if (!report) return [];
      const where = `partie ${report.part.path}`;
      const final = reportField(report, 'Final-Recipient');
      const address = /^rfc822\s*;\s*<?([^<>\s]+@[^<>\s]+?)>?$/i.exec(final ?? '')?.[1]?.toLowerCase();
      const own = subject.from[0]?.address.toLowerCase();
      const about = reportField(report, 'Original-Message-ID');
      const wanted = subject.options.original?.messageId;
      const counted = ['Final-Recipient', 'Original-Message-ID', 'Disposition'].filter(
        (name) => report.groups.flat().filter((one) => one.name.toLowerCase() === name.toLowerCase()).length > 1,
      );
      return [
        ...(address !== undefined && address === own
          ? []
          : [
              {
                where: `${where}, Final-Recipient`,
                received: final ?? ABSENT,
                ...(own === undefined ? {} : { expected: `rfc822;${own}` }),
              },
            ]),
        ...(about !== undefined && (wanted === undefined || about === wanted)
          ? []
          : [
              {
                where: `${where}, Original-Message-ID`,
                received: about ?? ABSENT,
                ...(wanted === undefined ? {} : { expected: wanted }),
              },
            ]),
        ...counted.map((name) => ({ where: `${where}, ${name}`, received: 'champ répété' })),
      ];
    },
  },
  {
    id: 'MAIL-MDN-DISPOSITION',
    layer: 'business',
    severity: 'error',
    requirements: TELLS,
    source: `${RECEIPT} §3.2.6 ; codes d’erreur d’intégration 900 à 906`,
    title: 'Un accusé de lecture dit ce qu’il est advenu du message.',
    expected:
      'automatic-action/MDN-sent-automatically; processed, suivi de /Error: <code 900 à 906>^<libellé> quand l’intégration échoue',
    remedy: 'Écrivez le mode, l’envoi, puis displayed, dispatched, processed ou deleted ; l’erreur par son code.',
    judge: (subject) => {
      const report = dispositionOf(subject);
      if (!report) return [];
      const received = reportField(report, 'Disposition') ?? ABSENT;
      const read = DISPOSITION.exec(received);
      const where = `partie ${report.part.path}, Disposition`;
      if (!read) return [{ where, received }];
      // RFC 8098 §3.2.6.2: a report that a person allowed may follow an automatic action, not the reverse.
      const sentAlone = read[1]?.toLowerCase() === 'manual-action' && /automatically/i.test(read[2] ?? '');
      if (sentAlone) return [{ where, received, severity: 'warning' as const }];
      if (read[4]?.toLowerCase() !== 'error') return [];
      const code = /^(\d{3})\s*\^\s*\S/.exec(read[5] ?? '')?.[1];
      return code !== undefined && code in INTEGRATION_CODES ? [] : [{ where, received }];
    },
  },
  {
    id: 'MAIL-INTEGRATION-NOTICE',
    layer: 'business',
    severity: 'error',
    requirements: TELLS,
    source: `${ECO('3.1.6')} ; volet d’échange, compte rendu d’intégration`,
    title: 'Une intégration qui échoue se dit dans l’objet, avec son code, et rend les documents.',
    expected: '[KO Intégration système !][<code>] <objet d’origine>, le même code que Disposition, le message joint',
    remedy: 'Reprenez l’objet du message reçu derrière la mention et le code, et joignez ce message.',
    judge: (subject) => {
      const { mail, receipt, options } = subject;
      if (!receipt) return [];
      const report = dispositionOf(subject);
      const disposed = /\/\s*error\s*:\s*(\d{3})/i.exec(report ? (reportField(report, 'Disposition') ?? '') : '')?.[1];
      const { subjectError, bareSubject } = receipt;
      if (subjectError === undefined && disposed === undefined) return [];
      const where = 'Subject';
      const received = header(mail, 'Subject') ?? ABSENT;
      if (subjectError === undefined) return [{ where, received }];
      const wanted = options.original?.subject;
      const back = report ? report.returned !== undefined : leaves(mail.root).some((one) => one.fileName !== undefined);
      return [
        ...(subjectError in INTEGRATION_CODES && (disposed === undefined || disposed === subjectError)
          ? []
          : [{ where, received, ...(disposed === undefined ? {} : { expected: `[${disposed}], comme Disposition` }) }]),
        ...(wanted === undefined || bareSubject.trim() === wanted.trim()
          ? []
          : [{ where, received: bareSubject || ABSENT, expected: wanted }]),
        ...(back ? [] : [{ where: 'pièces jointes', received: 'ni le message d’origine, ni ses pièces jointes' }]),
      ];
    },
  },
];

function dispositionOf({
  receipt,
}: MailSubject): NonNullable<NonNullable<MailSubject['receipt']>['report']> | undefined {
  return receipt?.report?.kind === 'disposition-notification' ? receipt.report : undefined;
}
