import { header, headers, readAddresses } from '#formats/mail/index.ts';
import { isValidIns } from '#formats/nir/index.ts';
import { classifications, DOCUMENT_ENTRY, externalIdentifier, parseCx, SUBMISSION_SET } from '#formats/ebrim/index.ts';
import type { XdmDocument } from '../../xdm/index.ts';
import type { MailRule } from '../types.ts';
import { ABSENT, ECO, SENDING, TO_PATIENT, TO_PROFESSIONALS } from '../vocabulary.ts';
import labels from '../labels.json' with { type: 'json' };

/** Patterns of a label by kind of mailbox: one of `any`, and none of `none`. */
const LABELS: Readonly<Record<'PER' | 'ORG' | 'APP', LabelPattern>> = {
  PER: patternOf(labels.PER),
  ORG: patternOf(labels.ORG),
  APP: patternOf(labels.APP),
};
const NOTICE = /automati/i;
/** Lines, blank ones left out, that are the end of a message: a signature may follow the mention. */
const END_LINES = 8;

interface LabelPattern {
  readonly expected: string;
  readonly any: readonly RegExp[];
  readonly none: readonly RegExp[];
}

/** Rules on who writes, to whom, and how the receiver may answer. */
export const PEOPLE_RULES: readonly MailRule[] = [
  {
    id: 'MAIL-FROM-LABEL',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.16'],
    source: ECO('2.2.7'),
    title: 'L’expéditeur a un libellé qui parle.',
    expected: '<Titre>_<Prénom>_<NOM>_<Entité> (boîte personnelle) ou <Entité> (organisation)',
    remedy: 'Construisez le libellé de From avec le titre, le prénom, le nom et l’entité, ou avec l’entité seule.',
    judge: ({ from, options: { sender } }) => {
      const [only] = from;
      const label = only?.name ?? '';
      const meaningful = label !== '' && !label.includes('@') && label !== only?.address.split('@')[0];
      const pattern = sender === undefined ? undefined : LABELS[sender];
      const patterned =
        pattern === undefined ||
        ((pattern.any.length === 0 || pattern.any.some((one) => one.test(label))) &&
          !pattern.none.some((one) => one.test(label)));
      return from.length === 1 && meaningful && patterned
        ? []
        : [
            {
              where: 'From',
              received: from.length > 1 ? `${from.length} expéditeurs` : label || ABSENT,
              ...(pattern === undefined ? {} : { expected: pattern.expected }),
            },
          ];
    },
  },
  {
    id: 'MAIL-AUTOMATIC-NOTICE',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.09'],
    source: ECO('2.2.5'),
    title: 'Un message de boîte applicative le dit, et donne une adresse où répondre.',
    expected:
      'Reply-To vers une boîte personnelle ou organisationnelle et, à la fin du texte, une mention d’envoi automatique avec cette adresse',
    remedy: 'Ajoutez la mention d’envoi automatique, avec l’adresse de Reply-To, à la fin du texte.',
    judge: ({ mail, from, receipt, options: { sender } }) => {
      // A receipt is read by a machine, and names its mail itself.
      if (sender !== 'APP' || receipt) return [];
      const reply = headers(mail, 'Reply-To').flatMap(readAddresses)[0]?.address;
      const elsewhere = reply !== undefined && reply.toLowerCase() !== from[0]?.address.toLowerCase();
      return [
        ...(elsewhere ? [] : [{ where: 'Reply-To', received: reply ?? ABSENT }]),
        ...mentionFaults(mail.text ?? '', reply),
      ];
    },
  },
  {
    id: 'MAIL-REPLY-TO',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.18'],
    source: ECO('2.2.5'),
    title: 'L’adresse de réponse est celle qui est réglée dans le produit.',
    expected: 'Reply-To = adresse réglée',
    remedy: 'Portez l’adresse de réponse réglée dans Reply-To.',
    judge: ({ mail, receipt, options: { replyTo } }) => {
      if (replyTo === undefined || receipt) return [];
      const reply = headers(mail, 'Reply-To').flatMap(readAddresses)[0]?.address;
      return reply?.toLowerCase() === replyTo.toLowerCase()
        ? []
        : [{ where: 'Reply-To', received: reply ?? ABSENT, expected: replyTo }];
    },
  },
  {
    id: 'MAIL-RECEIPT',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.15'],
    source: `${ECO('2.3.1')} ; RFC 3461, RFC 8098`,
    title: 'Le message demande un accusé.',
    expected: 'Disposition-Notification-To ou Return-Receipt-To vers l’émetteur, ou NOTIFY= à l’envoi',
    remedy: 'Demandez l’accusé de réception à l’envoi.',
    judge: ({ mail, from, carriesReports, options }) => {
      if (!(options.receiptRequested ?? carriesReports)) return [];
      const asked = ['Disposition-Notification-To', 'Return-Receipt-To'].flatMap((name) => headers(mail, name));
      const byEnvelope = options.transcript?.some((line) => /^RCPT TO:.*\bNOTIFY=(?!NEVER)/i.test(line)) ?? false;
      if (asked.length === 0) return byEnvelope ? [] : [{ where: 'Disposition-Notification-To', received: ABSENT }];
      const own = new Set(
        [
          ...from.map((one) => one.address),
          ...headers(mail, 'Reply-To')
            .flatMap(readAddresses)
            .map((one) => one.address),
        ].map((address) => address.toLowerCase()),
      );
      return asked
        .filter((one) => !readAddresses(one).some((address) => own.has(address.address.toLowerCase())))
        .map((one) => ({ where: `${one.name}, ligne ${one.line}`, received: one.value || ABSENT }));
    },
  },
  {
    id: 'MAIL-PATIENT-ADDRESS',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.19'],
    source: ECO('2.2.6'),
    title: 'L’adresse du patient vient de son INS qualifiée.',
    expected: '<matricule de 15 caractères>@patient.mssante.fr, le matricule étant celui du CDA',
    remedy: 'N’écrivez au patient que si son identité est qualifiée, à l’adresse faite de son matricule.',
    judge: ({ patientRecipients, cdas, options }) =>
      patientRecipients.flatMap((address) => {
        const local = address.split('@')[0]?.toUpperCase() ?? '';
        const known = cdas.map((cda) => cda.patient.ins?.extension ?? '');
        const received = !isValidIns(local)
          ? `${address} : ce n’est pas un matricule INS`
          : options.identityQualified === false
            ? `${address} alors que l’identité n’est pas qualifiée`
            : known.some((ins) => ins !== local)
              ? `${address} alors que le CDA porte ${known.find((ins) => ins !== local) || 'une identité sans INS'}`
              : undefined;
        return received === undefined ? [] : [{ where: 'To', received }];
      }),
  },
  {
    id: 'MAIL-PATIENT-METADATA',
    layer: 'business',
    severity: 'error',
    requirements: [TO_PATIENT],
    source: `${ECO('2.1.2')} ; assertion M5`,
    title: 'Les métadonnées de l’archive sont celles du patient à qui le message est adressé.',
    expected: 'patientId du lot et de chaque entrée = matricule de l’adresse du patient',
    remedy: 'Tirez l’adresse, le CDA et METADATA.XML de la même fiche patient.',
    judge: ({ patientRecipients, archives, cdas }) => {
      const [address] = patientRecipients;
      if (address === undefined || patientRecipients.length > 1) return [];
      const local = address.split('@')[0]?.toUpperCase() ?? '';
      // A CDA of somebody else is the address rule's.
      if (cdas.some(({ patient }) => patient.ins?.extension !== local)) return [];
      return archives
        .flatMap(({ reading }) => (reading.ok ? reading.submissions : []))
        .flatMap(({ objects, metadataEntry }) =>
          [
            ...(objects?.submissionSet ? [{ scheme: SUBMISSION_SET.patientId, object: objects.submissionSet }] : []),
            ...(objects?.documents ?? []).map((object) => ({ scheme: DOCUMENT_ENTRY.patientId, object })),
          ].map((one) => ({ ...one, file: metadataEntry.name })),
        )
        .flatMap(({ scheme, object, file }) => {
          const value = externalIdentifier(object, scheme)?.value;
          const { id } = parseCx(value ?? '');
          return id === local
            ? []
            : [{ where: `${file} ${object.path}, patientId`, received: value ?? ABSENT, expected: local }];
        });
    },
  },
  {
    id: 'MAIL-ONE-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: SENDING,
    source: ECO('2.1.1'),
    title: 'Un message concerne un seul patient.',
    expected: 'un seul patient parmi les destinataires et dans les documents',
    remedy: 'Envoyez un message par patient.',
    judge: ({ patientRecipients, cdas }) => {
      const identities = new Set(
        cdas.map(
          ({ patient }) =>
            `${patient.ins?.extension ?? ''}|${patient.birthName}|${patient.firstFirstName}|${patient.birthDate}`,
        ),
      );
      return patientRecipients.length <= 1 && identities.size <= 1
        ? []
        : [
            {
              where: 'message',
              received: `${patientRecipients.length} adresse(s) de patient, ${identities.size} identité(s) dans les CDA`,
            },
          ];
    },
  },
  {
    id: 'MAIL-AUDIENCE',
    layer: 'business',
    severity: 'warning',
    requirements: SENDING,
    source: 'Assertion M9 : messages distincts pour le patient et les professionnels',
    title: 'Le patient et les professionnels reçoivent des messages distincts.',
    expected: 'le patient seul, ou des professionnels seuls',
    remedy: 'Séparez l’envoi au patient de l’envoi aux professionnels.',
    judge: ({ recipients, patientRecipients }) =>
      patientRecipients.length > 0 && patientRecipients.length < recipients.length
        ? [{ where: 'To', received: recipients.join(', ') }]
        : [],
  },
  {
    id: 'MAIL-MASKING-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: [TO_PATIENT],
    source: 'Assertion M9 : codes de confidentialité (JDV_J58)',
    title: 'Un document invisible au patient ne lui est pas envoyé.',
    expected: 'aucun document INVISIBLE_PATIENT',
    remedy: 'Retenez l’envoi au patient tant que le document lui est invisible.',
    judge: ({ patientRecipients, documents }) => {
      const hidden = documents.filter((one) => masksOf(one).includes('INVISIBLE_PATIENT'));
      return patientRecipients.length === 0
        ? []
        : hidden.map((one) => ({ where: one.file?.name ?? one.entry.path, received: 'INVISIBLE_PATIENT' }));
    },
  },
  {
    id: 'MAIL-MASKING-PROFESSIONALS',
    layer: 'business',
    severity: 'error',
    requirements: [TO_PROFESSIONALS],
    source: 'Assertion M9 : codes de confidentialité (JDV_J58)',
    title: 'Un document masqué aux professionnels ne leur est pas envoyé.',
    expected: 'aucun document MASQUE_PS',
    remedy: 'Retenez l’envoi aux professionnels tant que le document leur est masqué.',
    judge: ({ recipients, patientRecipients, documents }) => {
      const masked = documents.filter((one) => masksOf(one).includes('MASQUE_PS'));
      return recipients.length === patientRecipients.length
        ? []
        : masked.map((one) => ({ where: one.file?.name ?? one.entry.path, received: 'MASQUE_PS' }));
    },
  },
  {
    id: 'MAIL-X-MSS-NIL',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.16'],
    source: ECO('2.4.3'),
    title: 'Tout message porte la référence du produit.',
    expected: 'X-MSS-NIL : référence donnée par la plateforme Convergence',
    remedy: 'Ajoutez X-MSS-NIL à tous les messages, réponses et accusés compris.',
    judge: ({ mail, options: { productReference } }) => {
      const values = headers(mail, 'X-MSS-NIL').map((one) => one.value);
      const right =
        values.length === 1 && values[0] !== '' && (productReference === undefined || values[0] === productReference);
      return right
        ? []
        : [
            {
              where: 'X-MSS-NIL',
              received: values.join(', ') || ABSENT,
              ...(productReference === undefined ? {} : { expected: productReference }),
            },
          ];
    },
  },
  {
    id: 'MAIL-X-MSS-MES',
    layer: 'business',
    severity: 'error',
    requirements: [TO_PATIENT, 'MSS/CONF.21'],
    source: ECO('2.2.8'),
    title: 'X-MSS-MES ferme l’échange avec un patient, et ne sert qu’à cela.',
    expected: 'X-MSS-MES: FIN, sur un message à un patient dont on n’attend pas de réponse',
    remedy: 'Écrivez FIN en capitales, et seulement vers un patient.',
    judge: ({ mail, patientRecipients, options: { noReplyWanted } }) => {
      const values = headers(mail, 'X-MSS-MES').map((one) => one.value);
      const toPatient = patientRecipients.length > 0;
      const closed = values.length > 0 || header(mail, 'Subject') === '[FIN]';
      if (values.length === 0) {
        return noReplyWanted && toPatient && !closed ? [{ where: 'X-MSS-MES', received: ABSENT }] : [];
      }
      const right = values.length === 1 && values[0] === 'FIN' && toPatient;
      return right
        ? []
        : [
            {
              where: 'X-MSS-MES',
              received: toPatient ? values.join(', ') : `${values.join(', ')} vers un professionnel`,
            },
          ];
    },
  },
];

/** What the entry says, and what the document itself says: a mask that only one of them carries is a mask. */
function masksOf({ entry, cda }: XdmDocument): readonly string[] {
  const own = cda?.confidentialityCode?.code;
  return [
    ...classifications(entry, DOCUMENT_ENTRY.confidentialityCode).flatMap((one) => one.nodeRepresentation ?? []),
    ...(own === undefined ? [] : [own]),
  ];
}

/** What is wrong with the mention of a mailbox that nobody reads (MSS/va1.09). */
function mentionFaults(text: string, reply: string | undefined): readonly { where: string; received: string }[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const end = lines.slice(-END_LINES).join('\n');
  if (!NOTICE.test(end)) {
    const received = NOTICE.test(text)
      ? 'mention d’envoi automatique ailleurs qu’à la fin'
      : 'aucune mention d’envoi automatique';
    return [{ where: 'corps du message', received }];
  }
  return reply === undefined || end.toLowerCase().includes(reply.toLowerCase())
    ? []
    : [{ where: 'corps du message', received: `mention d’envoi automatique sans l’adresse ${reply}` }];
}

function patternOf(data: {
  readonly expected: string;
  readonly any?: readonly string[];
  readonly none?: readonly string[];
}): LabelPattern {
  const compiled = (list: readonly string[] = []): readonly RegExp[] => list.map((one) => new RegExp(one, 'u'));
  return { expected: data.expected, any: compiled(data.any), none: compiled(data.none) };
}
