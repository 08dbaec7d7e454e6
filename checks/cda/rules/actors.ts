import { INS_OID } from '#formats/nir/index.ts';
import type { CdaActor } from '#formats/cda/index.ts';
import { ABSENT, shown, unless } from '../breach.ts';
import type { CdaRule } from '../types.ts';
import { BIO, BIOLOGY_REPORT, BOTH, OID, STRUCT } from '../vocabulary.ts';

export const ACTOR_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-HDR-AUTHOR',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('author'),
    title: 'Chaque auteur est daté, identifié, et dit sa profession.',
    expected: 'time, id (root et extension) et code de profession (patient et système exceptés)',
    remedy: 'Renseignez l’identifiant national et le code profession/savoir-faire de l’auteur.',
    judge: ({ document }) =>
      document.authors.flatMap((author) => {
        const isPatient = author.ids.some((id) => Object.values<string>(INS_OID).includes(id.root));
        // A system practises no profession: the schematron of the header wants no code, and judges one that is there.
        const hasNone = author.isDevice && author.code === undefined;
        const codeRight =
          isPatient ||
          hasNone ||
          (Boolean(author.code?.code) &&
            [OID.authorSpecialty, OID.nonProfessionals].some((system) => system === author.code?.codeSystem));
        const identified = author.ids.some((id) => id.root !== '' && (id.extension !== undefined || author.isDevice));
        return unless(Boolean(author.time?.value) && identified && codeRight, {
          where: author.entityPath ?? author.path,
          received: shown(author.time?.value, author.ids[0]?.extension, author.code?.code, author.code?.codeSystem),
        });
      }),
  },
  {
    id: 'CDA-HDR-CUSTODIAN',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('custodian'),
    title: 'La structure qui conserve le document est identifiée.',
    expected: `id root ${OID.structures} avec l’identifiant national de structure`,
    remedy: 'Renseignez l’identifiant de structure (1+FINESS ou 3+SIRET) de votre organisation.',
    judge: ({ document }) => {
      const id = document.custodianId;
      const hosted = id?.root === OID.dmp;
      return unless(hosted || (id?.root === OID.structures && Boolean(id.extension)), {
        where: id?.path ?? `${document.root.path}/custodian`,
        received: shown(id?.root, id?.extension),
      });
    },
  },
  {
    id: 'CDA-HDR-LEGALAUTHENTICATOR',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('legalAuthenticator'),
    title: 'Le responsable du document a signé, avec une date et un identifiant.',
    expected: 'time, signatureCode S, assignedEntity/id',
    remedy: 'Renseignez le biologiste responsable dans legalAuthenticator.',
    judge: ({ document }) => {
      const signer = document.legalAuthenticator;
      const right =
        Boolean(signer?.time?.value) &&
        signer?.signatureCode === 'S' &&
        signer.ids.some((id) => id.root !== '' && id.extension !== undefined);
      return unless(right, {
        where: signer?.path ?? `${document.root.path}/legalAuthenticator`,
        received: shown(signer?.time?.value, signer?.signatureCode, signer?.ids[0]?.extension),
      });
    },
  },
  {
    id: 'CDA-HDR-STRUCTURE-ID',
    layer: 'business',
    severity: 'warning',
    requirements: BOTH,
    source: STRUCT('identifiants nationaux de structure'),
    title: 'Les structures portent un identifiant national préfixé.',
    expected: '0 ADELI, 1 FINESS, 2 SIREN, 3 SIRET ou 4 RPPS-rang, suivi de l’identifiant',
    remedy: 'Préfixez l’identifiant de structure selon sa nature.',
    judge: ({ document }) =>
      actorsOf(document.authors, document.legalAuthenticator)
        .flatMap((actor) => actor.organization?.ids ?? [])
        .filter((id) => id.root === OID.structures && !/^[0-4][0-9A-Z]{5,}/i.test(id.extension ?? ''))
        .map((id) => ({ where: id.path, received: id.extension ?? ABSENT })),
  },
  {
    id: 'CDA-RECIPIENTS',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.26'],
    source: STRUCT('informationRecipient'),
    title: 'Le compte rendu nomme ses destinataires.',
    expected: 'un informationRecipient par destinataire, avec son identifiant ou son adresse MSSanté',
    remedy: 'Ajoutez les destinataires du compte rendu dans informationRecipient.',
    judge: ({ document, options }) => {
      const known = document.recipients.flatMap((one) => [...identifiersOf(one)]);
      if (options.recipients) {
        return options.recipients
          .filter((wanted) => !known.includes(wanted.toLowerCase()))
          .map((wanted) => ({
            where: `${document.root.path}/informationRecipient`,
            received: known.join(', ') || ABSENT,
            expected: wanted,
          }));
      }
      // Without the list of recipients the bench cannot say who is missing, only that nobody is named.
      return document.code.code === BIOLOGY_REPORT && document.recipients.length === 0
        ? [{ where: `${document.root.path}/informationRecipient`, received: ABSENT, severity: 'warning' as const }]
        : [];
    },
  },
  {
    id: 'CDA-REQUESTER-MAILBOX',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.28'],
    source: BIO('participant REF : prescripteur'),
    title: 'L’adresse MSSanté du prescripteur est dans le document.',
    expected: 'participant REF, telecom mailto:<adresse MSSanté>',
    remedy: 'Ajoutez l’adresse MSSanté du prescripteur en telecom du participant REF.',
    judge: ({ document, options }) => {
      if (document.code.code !== BIOLOGY_REPORT) return [];
      const requesters = document.participants.filter((one) => one.typeCode === 'REF');
      const mailboxes = requesters.flatMap(mailboxesOf);
      const wanted = options.requesterMailbox?.toLowerCase();
      const right = wanted === undefined ? mailboxes.length > 0 : mailboxes.includes(wanted);
      return unless(right, {
        where: requesters[0]?.path ?? `${document.root.path}/participant`,
        received: mailboxes.join(', ') || ABSENT,
        ...(wanted === undefined ? { severity: 'warning' as const } : { expected: wanted }),
      });
    },
  },
];

function actorsOf(authors: readonly CdaActor[], signer: CdaActor | undefined): readonly CdaActor[] {
  return signer ? [...authors, signer] : authors;
}

function mailboxesOf(actor: CdaActor): string[] {
  return [...actor.telecoms, ...(actor.organization?.telecoms ?? [])].flatMap((telecom) => {
    const address = /^mailto:(.+@.+)$/i.exec(telecom.value ?? '')?.[1];
    return address === undefined ? [] : [address.toLowerCase()];
  });
}

function identifiersOf(actor: CdaActor): readonly string[] {
  const ids = [...actor.ids, ...(actor.organization?.ids ?? [])].flatMap((id) => id.extension?.toLowerCase() ?? []);
  return [...ids, ...mailboxesOf(actor)];
}
