import type { CdaDocument } from '#formats/cda/index.ts';
import { header, headers } from '#formats/mail/index.ts';
import type { MailPart } from '#formats/mail/index.ts';
import { differencesOf, readPdfName } from '../../pdf/index.ts';
import { SUBJECT_PREFIX } from '../subject.ts';
import type { MailRule, MailSubject } from '../types.ts';
import { ABSENT, ECO, SENDING } from '../vocabulary.ts';

const REPLACE = /annule\s+et\s+remplace/i;
/** Assertion M4, when no CDA says what the subject should be. */
const GENERAL = /^XDM\/1\.0\/DDM\+.{1,40} [A-Z' -]+ [A-Za-z' -]+( \d{2}\/\d{2}\/\d{4})?$/;

/** Rules on a mail that carries reports: subject, archive, PDF and the headers that describe the archive. */
export const REPORT_RULES: readonly MailRule[] = [
  {
    id: 'MAIL-SUBJECT',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.25'],
    source: ECO('2.1.3'),
    title: 'L’objet annonce le document et le patient.',
    expected: 'XDM/1.0/DDM+<libellé> <NOM> <prénom> <JJ/MM/AAAA>',
    remedy:
      'Construisez l’objet avec le libellé du CDA (40 caractères), le nom en majuscules et le prénom, sans accents.',
    judge: (subject) => {
      if (!subject.carriesReports) return [];
      const received = header(subject.mail, 'Subject') ?? '';
      const bare = received.replace(/^\[annule et remplace\]\s*/i, '');
      const candidates = subjectsOf(subject.cdas);
      const right =
        candidates.length === 0
          ? bare.length <= 500 && GENERAL.test(bare)
          : candidates.some((candidate) => apostrophes(bare) === candidate);
      return right
        ? []
        : [
            {
              where: 'Subject',
              received: received || ABSENT,
              ...(candidates[0] === undefined ? {} : { expected: candidates[0] }),
            },
          ];
    },
  },
  {
    id: 'MAIL-XDM-ATTACHMENT',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.23'],
    source: ECO('2.1.1'),
    title: 'Les documents sont dans une archive IHE_XDM.ZIP, et une seule.',
    expected: 'une pièce jointe IHE_XDM.ZIP de type application/zip',
    remedy: 'Joignez l’archive sous ce nom et ce type.',
    judge: ({ archives, carriesReports, mail }) => {
      if (!carriesReports) return [];
      if (archives.length === 0 && mail.attachments.some(isTnef)) {
        return [
          {
            where: 'pièces jointes',
            received: '0 archive(s) : les pièces jointes sont enfermées dans winmail.dat',
            remedy:
              'Envoyez le message en texte ou en HTML, pas au format « texte enrichi » d’Outlook ou d’Exchange (TNEF).',
          },
        ];
      }
      if (archives.length !== 1) return [{ where: 'pièces jointes', received: `${archives.length} archive(s)` }];
      return archives.flatMap(({ part }) => [
        ...(part.fileName?.toUpperCase() === 'IHE_XDM.ZIP'
          ? []
          : [{ where: `partie ${part.path}`, received: part.fileName ?? 'sans nom' }]),
        ...(part.contentType?.type === 'application/zip'
          ? []
          : [
              {
                where: `partie ${part.path}, Content-Type`,
                received: part.contentType?.type ?? ABSENT,
                severity: 'warning' as const,
              },
            ]),
      ]);
    },
  },
  {
    id: 'MAIL-CDA-PRESENT',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.23'],
    source: ECO('2.1.1'),
    title: 'L’archive contient au moins un document CDA.',
    expected: 'un CDA lisible, décrit par METADATA.XML',
    remedy: 'Ajoutez le compte rendu au format CDA dans l’archive.',
    judge: ({ archives, cdas, carriesReports }) =>
      carriesReports && archives.length > 0 && cdas.length === 0
        ? [{ where: 'IHE_XDM.ZIP', received: 'aucun CDA lisible' }]
        : [],
  },
  {
    id: 'MAIL-PDF-COUNT',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.23'],
    source: ECO('2.1.1'),
    title: 'Le message joint un PDF par document CDA.',
    expected: 'un PDF par CDA',
    remedy: 'Joignez le PDF de chaque document, à côté de l’archive.',
    judge: ({ pdfs, cdas }) => {
      if (cdas.length === 0) return [];
      // The N3 and the N1 of one report share one PDF.
      const reports = new Set(
        cdas.map((cda) => `${cda.code.code}|${cda.orders[0]?.extension}|${cda.mainServiceEvent?.low?.value}`),
      );
      return pdfs.length === cdas.length || pdfs.length === reports.size
        ? []
        : [{ where: 'pièces jointes', received: `${pdfs.length} PDF pour ${cdas.length} CDA` }];
    },
  },
  {
    id: 'MAIL-PDF-NAME',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'DOC/va1.01'],
    source: ECO('2.1.6'),
    title: 'Le nom de chaque PDF dit la date de l’acte, le document et le patient.',
    expected: '<AAAAMMJJ>_<type de document>_<NOM>_<prénom>[_<numéro>].pdf',
    remedy: 'Construisez le nom du PDF à partir de l’en-tête du CDA.',
    judge: ({ pdfs, cdas, carriesReports }) =>
      carriesReports
        ? pdfs.flatMap(({ part, name }) => {
            const parts = readPdfName(name);
            if (!parts) return [{ where: `partie ${part.path}`, received: name || 'sans nom' }];
            const differences = cdas.map((cda) => nameDifferences(parts, cda));
            return differences.length === 0 || differences.some((list) => list.length === 0)
              ? []
              : [{ where: `partie ${part.path}`, received: (differences[0] ?? []).join(' ; ') }];
          })
        : [],
  },
  {
    id: 'MAIL-PDF-SAME',
    layer: 'business',
    severity: 'error',
    requirements: SENDING,
    source: ECO('2.1.5'),
    title: 'Le PDF joint d’un document de niveau 1 est celui que le CDA encapsule.',
    expected: 'les mêmes octets que le corps du CDA',
    remedy: 'Joignez le PDF encapsulé, sans le régénérer.',
    judge: ({ pdfs, cdas }) =>
      cdas.flatMap((cda) => {
        const wanted = cda.level === 'N1' ? cda.pdf : undefined;
        if (!wanted || pdfs.length === 0) return [];
        return pdfs.some(({ part }) => Buffer.from(part.content).equals(wanted))
          ? []
          : [{ where: 'pièces jointes', received: `aucun PDF identique au corps du CDA ${cda.id.root}` }];
      }),
  },
  {
    id: 'MAIL-X-MSS-CODECDA',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.15'],
    source: ECO('2.4.1'),
    title: 'X-MSS-CODECDA donne le code de chaque CDA, et seulement s’il y en a.',
    expected: 'les codes des CDA, séparés par une virgule sans espace',
    remedy: 'Alimentez X-MSS-CODECDA avec l’élément code de chaque CDA de l’archive.',
    judge: ({ mail, cdas }) => {
      const values = headers(mail, 'X-MSS-CODECDA').map((one) => one.value);
      const wanted = [...new Set(cdas.flatMap((cda) => cda.code.code ?? []))];
      if (cdas.length === 0) {
        return values.length === 0
          ? []
          : [{ where: 'X-MSS-CODECDA', received: `${values[0]} sans CDA`, expected: ABSENT }];
      }
      const received = (values[0] ?? '').split(',');
      const right =
        values.length === 1 &&
        received.every((one) => wanted.includes(one)) &&
        wanted.every((one) => received.includes(one)) &&
        // A code as often as there are documents of it, at most.
        received.length <= cdas.length;
      return right
        ? []
        : [{ where: 'X-MSS-CODECDA', received: values.join(' / ') || ABSENT, expected: wanted.join(',') }];
    },
  },
  {
    id: 'MAIL-X-MSS-CODECDA-ORDER',
    layer: 'business',
    severity: 'warning',
    requirements: [...SENDING, 'MSS/CONF.15'],
    source: ECO('2.4.1'),
    title: 'X-MSS-CODECDA suit l’ordre des documents de l’archive, chaque code une fois.',
    expected: 'les codes dans l’ordre de METADATA.XML',
    remedy: 'Alimentez X-MSS-CODECDA en parcourant les documents dans l’ordre de l’archive, sans répéter un code.',
    judge: ({ mail, cdas }) => {
      const value = header(mail, 'X-MSS-CODECDA');
      const wanted = [...new Set(cdas.flatMap((cda) => cda.code.code ?? []))];
      const received = value?.split(',') ?? [];
      // Other codes are the other rule's.
      const same = wanted.every((one) => received.includes(one)) && received.every((one) => wanted.includes(one));
      return value === undefined || !same || value === wanted.join(',')
        ? []
        : [{ where: 'X-MSS-CODECDA', received: value, expected: wanted.join(',') }];
    },
  },
  {
    id: 'MAIL-X-MSS-INS',
    layer: 'business',
    severity: 'error',
    requirements: [...SENDING, 'MSS/CONF.14'],
    source: ECO('2.4.2'),
    title: 'X-MSS-INS dit vrai : O si un CDA porte une INS complète, N sinon.',
    expected: 'O avec matricule, OID et quatre traits ; N sinon ; absent sans CDA',
    remedy: 'Calculez X-MSS-INS à partir de l’en-tête des CDA de l’archive.',
    judge: ({ mail, cdas }) => {
      const values = headers(mail, 'X-MSS-INS').map((one) => one.value);
      const wanted = cdas.length === 0 ? undefined : cdas.some(isQualified) ? 'O' : 'N';
      const right = wanted === undefined ? values.length === 0 : values.length === 1 && values[0] === wanted;
      return right ? [] : [{ where: 'X-MSS-INS', received: values.join(', ') || ABSENT, expected: wanted ?? ABSENT }];
    },
  },
  {
    id: 'MAIL-REPLACE-NOTICE',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.35'],
    source: 'Usage « annule et remplace » (relatedDocument RPLC dans l’archive)',
    title: 'L’envoi d’une nouvelle version prévient qu’elle annule et remplace la précédente.',
    expected: '« Annule et remplace » dans l’objet ou dans le corps',
    remedy: 'Ajoutez la mention « Annule et remplace » à l’objet et au corps.',
    judge: ({ mail, cdas }) => {
      const replaces = cdas.some((cda) => cda.relatedDocuments.some((one) => one.typeCode === 'RPLC'));
      const said = REPLACE.test(header(mail, 'Subject') ?? '') || REPLACE.test(mail.text ?? '');
      if (replaces && !said) return [{ where: 'Subject', received: header(mail, 'Subject') ?? ABSENT }];
      const announced = cdas.length > 0 && !replaces && REPLACE.test(header(mail, 'Subject') ?? '');
      return announced
        ? [
            {
              where: 'Subject',
              received: `${header(mail, 'Subject') ?? ABSENT}, sans relatedDocument RPLC dans le CDA`,
              expected: 'un CDA qui nomme le document qu’il remplace (relatedDocument RPLC)',
            },
          ]
        : [];
    },
  },
];

/** "Qualified in the MSSanté sense": matricule, OID and four traits. */
export function isQualified({ patient }: CdaDocument): boolean {
  return Boolean(patient.ins && patient.birthName && patient.firstFirstName && patient.birthDate && patient.sex);
}

/** Subjects that ECO.2.1.3 allows for these documents: with and without the birth date. */
/** What Outlook and Exchange wrap attachments in (MS-OXTNEF); no other product opens it. */
function isTnef({ contentType, fileName }: MailPart): boolean {
  return contentType?.type === 'application/ms-tnef' || fileName?.toLowerCase() === 'winmail.dat';
}

function subjectsOf(cdas: MailSubject['cdas']): readonly string[] {
  const [first] = cdas;
  if (!first) return [];
  const label = cdas.length === 1 ? [...labelsOf(first)] : [`${cdas.length} documents`];
  // The N3 and the N1 of one report may be announced as the one report they are.
  if (cdas.length > 1 && new Set(cdas.map((cda) => cda.orders[0]?.extension)).size === 1)
    label.push(...labelsOf(first));
  const { birthName = '', firstFirstName = '', birthDate = '' } = first.patient;
  const given = unaccented(firstFirstName);
  const names = [given, given.toUpperCase(), capitalised(given)].map(
    (one) => `${unaccented(birthName).toUpperCase()} ${one}`,
  );
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(birthDate);
  const dates = day ? [` ${day[3]}/${day[2]}/${day[1]}`, ''] : [''];
  return label.flatMap((one) =>
    dates.flatMap((date) => names.map((name) => apostrophes(`${SUBJECT_PREFIX}${one} ${name}${date}`))),
  );
}

function labelsOf(cda: CdaDocument): readonly string[] {
  const label = (cda.code.displayName ?? '').slice(0, 40);
  return [label, label.trimEnd()];
}

function nameDifferences(parts: NonNullable<ReturnType<typeof readPdfName>>, cda: CdaDocument): readonly string[] {
  const { birthName, firstFirstName } = cda.patient;
  const dates = [
    cda.mainServiceEvent?.low?.value,
    cda.mainServiceEvent?.high?.value,
    cda.encounter?.low?.value,
    cda.effectiveTime,
    ...cda.participants.map((one) => one.timeHigh?.value ?? one.time?.value),
  ].flatMap((date) => date?.slice(0, 8) ?? []);
  const types = [cda.code.displayName, cda.title].flatMap((one) => one ?? []);
  const typeRight = types.some((documentType) => differencesOf(parts, { documentType }).length === 0);
  return [
    ...differencesOf(parts, {
      ...(birthName === undefined ? {} : { birthName }),
      ...(firstFirstName === undefined ? {} : { firstName: firstFirstName }),
    }),
    ...(typeRight ? [] : [`type de document : ${parts.documentType} au lieu de ${types[0] ?? ABSENT}`]),
    ...(dates.includes(parts.actDate) ? [] : [`date de l’acte : ${parts.actDate}`]),
  ];
}

function unaccented(text: string): string {
  return apostrophes(text.normalize('NFD').replace(/\p{Mn}/gu, ''));
}

function apostrophes(text: string): string {
  return text.replaceAll('’', "'");
}

function capitalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/(^|[ '-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}
