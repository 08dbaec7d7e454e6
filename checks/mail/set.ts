import { header } from '#formats/mail/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules } from '../rule/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import { readMailSubject } from './read.ts';
import { ABSENT, SENDING } from './vocabulary.ts';

/** A mail as it left, with what became of it. */
export interface SentMail {
  readonly source: Uint8Array;
  /** Recipients of the envelope; default those of To and Cc. */
  readonly recipients?: readonly string[];
  /** Whether the operator took it; default true. */
  readonly accepted?: boolean;
}

interface ReadMail {
  readonly source: Uint8Array;
  readonly accepted: boolean;
  readonly messageId: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly recipients: readonly string[];
  readonly documents: readonly SentDocument[];
  readonly answersByMachine: boolean;
}

interface SentDocument {
  readonly id: string;
  readonly setId: string | undefined;
  readonly replaces: readonly string[];
}

type SetRule = JudgedRule<readonly ReadMail[]>;

const DELETED = /supprim|annul|retir[ée]/i;

const SET: readonly SetRule[] = [
  {
    id: 'MAIL-MESSAGE-ID-UNIQUE',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.12'],
    source: 'RFC 5322 §3.6.4',
    title: 'Deux messages n’ont jamais le même Message-ID.',
    expected: 'un Message-ID propre à chaque message',
    remedy: 'Générez un nouveau Message-ID à chaque message, renvoi d’un message modifié compris.',
    judge: (mails) =>
      pairsOf(
        mails,
        (one, two) => two.messageId !== undefined && one.messageId === two.messageId && !same(one, two),
      ).map(([, two]) => ({
        where: 'Message-ID',
        received: `${two.messageId} déjà utilisé par un autre message`,
      })),
  },
  {
    id: 'MAIL-SENT-TWICE',
    layer: 'business',
    severity: 'error',
    requirements: SENDING,
    source: 'Assertion M13 : un renvoi suit un refus, jamais une remise',
    title: 'Rien n’est envoyé deux fois au même destinataire.',
    expected: 'un document, ou un message, remis une fois à chaque destinataire',
    remedy: 'Retenez qu’un envoi a été accepté, et ne le refaites pas.',
    judge: (mails) =>
      pairsOf(
        mails.filter(({ accepted }) => accepted),
        (one, two) => shared(one, two).length > 0 && (documentsOfBoth(one, two).length > 0 || same(one, two)),
      ).map(([one, two]) => {
        const both = shared(one, two);
        const again = documentsOfBoth(one, two);
        const what = again.length === 0 ? 'le même message' : `le document ${again.map(({ id }) => id).join(', ')}`;
        return { where: two.messageId ?? 'Message-ID absent', received: `${what}, déjà remis à ${both.join(', ')}` };
      }),
  },
  {
    id: 'MAIL-RETRY-MESSAGE-ID',
    layer: 'business',
    severity: 'warning',
    requirements: ['MSS/va1.12'],
    source: 'RFC 5322 §3.6.4 : le Message-ID nomme un contenu, non une tentative ; aucun texte du Ségur ne l’exige',
    title: 'Un message envoyé à nouveau après un refus garde son Message-ID.',
    expected: 'le Message-ID de la tentative refusée',
    remedy: 'Gardez le message tel quel dans la file d’envoi, et remettez les mêmes octets.',
    judge: (mails) =>
      pairsOf(mails, alike)
        .filter(([one, two]) => !one.accepted && one.messageId !== two.messageId)
        .map(([one, two]) => ({
          where: 'Message-ID',
          received: two.messageId ?? ABSENT,
          ...(one.messageId === undefined ? {} : { expected: one.messageId }),
        })),
  },
  {
    id: 'MAIL-VERSION-LINK',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.35', 'MSS/va1.32'],
    source: 'Volet CI-SIS du document : relatedDocument RPLC ; envoi partiel, complet, puis remplacé',
    title: 'Une nouvelle version nomme celle que le destinataire a reçue.',
    expected: 'un CDA dont relatedDocument RPLC nomme une version déjà envoyée',
    remedy: 'Écrivez dans la nouvelle version l’identifiant de celle qui a été envoyée, partielle comprise.',
    judge: (mails) =>
      mails.flatMap((mail, index) =>
        mail.documents.flatMap(({ id, setId, replaces }) => {
          if (setId === undefined) return [];
          const before = mails
            .slice(0, index)
            .filter((one) => one.accepted && one.recipients.some((address) => mail.recipients.includes(address)))
            .flatMap((one) => one.documents)
            .filter((one) => one.setId === setId && one.id !== id);
          return before.length === 0 || before.some((one) => replaces.includes(one.id))
            ? []
            : [
                {
                  where: `document ${id}`,
                  received: replaces.length === 0 ? 'aucun relatedDocument RPLC' : `remplace ${replaces.join(', ')}`,
                  expected: `remplace ${before.at(-1)?.id ?? ''}`,
                },
              ];
        }),
      ),
  },
];

interface Deletion {
  readonly documentId: string;
  readonly before: readonly ReadMail[];
  readonly after: readonly ReadMail[];
}

const DELETION: readonly JudgedRule<Deletion>[] = [
  {
    id: 'MAIL-DELETION-NOTICE',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.37'],
    source: 'MSS/va1.37 : message qui avertit les destinataires de la suppression',
    title: 'Chaque personne qui a reçu un compte rendu supprimé en est avertie, et personne d’autre.',
    expected: 'un message qui dit la suppression, sans document, à chaque destinataire',
    remedy: 'Gardez les destinataires de chaque envoi, et prévenez-les tous à la suppression.',
    judge: ({ documentId, before, after }) => {
      const receivers = new Set(
        before
          .filter(({ accepted, documents }) => accepted && documents.some(({ id }) => id === documentId))
          .flatMap(({ recipients }) => recipients),
      );
      const notices = after.filter(
        ({ documents, subject, text, answersByMachine }) =>
          documents.length === 0 && !answersByMachine && (DELETED.test(subject) || DELETED.test(text)),
      );
      const told = new Set(notices.filter(({ accepted }) => accepted).flatMap(({ recipients }) => recipients));
      return [
        ...[...receivers].filter((one) => !told.has(one)).map((one) => ({ where: one, received: 'aucun message' })),
        ...[...told]
          .filter((one) => !receivers.has(one))
          .map((one) => ({ where: one, received: 'averti d’un document qui ne lui a pas été envoyé' })),
      ];
    },
  },
];

export const SET_RULES: readonly Rule[] = [...SET, ...DELETION];

/**
 * Compares the mails of one run, in the order in which they left; unreadable sources are left to `checkMailFile`.
 * The same bytes are one mail: handed over again after a refusal, or to other recipients, they break nothing. A retry
 * under another Message-ID only warns: RFC 5322 gives the identifier to the content, and no requirement says it.
 */
export async function checkMailSet(
  mails: readonly SentMail[],
  options: { readonly without?: readonly string[] } = {},
): Promise<readonly Finding[]> {
  return applyRules(SET, await readAll(mails), options);
}

/**
 * Judges the notices of a deletion (MSS/va1.37).
 * @param documentId id of the CDA deleted
 * @param before mails until the deletion, `after` those that follow it
 */
export async function checkDeletionNotices(
  documentId: string,
  before: readonly SentMail[],
  after: readonly SentMail[],
): Promise<readonly Finding[]> {
  return applyRules(DELETION, { documentId, before: await readAll(before), after: await readAll(after) });
}

async function readAll(mails: readonly SentMail[]): Promise<readonly ReadMail[]> {
  const read: ReadMail[] = [];
  for (const { source, recipients, accepted = true } of mails) {
    const subject = await readMailSubject(source);
    if ('fault' in subject) continue;
    read.push({
      source,
      accepted,
      messageId: header(subject.mail, 'Message-ID'),
      subject: header(subject.mail, 'Subject') ?? '',
      text: subject.mail.text ?? '',
      recipients: (recipients ?? subject.recipients).map((one) => one.toLowerCase()).sort(),
      documents: subject.cdas.map((cda) => ({
        id: cda.id.root,
        setId: cda.setId && `${cda.setId.root}^${cda.setId.extension ?? ''}`,
        replaces: cda.relatedDocuments
          .filter(({ typeCode }) => typeCode === 'RPLC')
          .flatMap(({ parentIds }) => parentIds.map((id) => id.root)),
      })),
      answersByMachine: subject.receipt !== undefined,
    });
  }
  return read;
}

/** Each mail with the last one before it that is related to it, in order. */
function pairsOf(
  mails: readonly ReadMail[],
  related: (one: ReadMail, two: ReadMail) => boolean,
): readonly (readonly [ReadMail, ReadMail])[] {
  return mails.flatMap((two, index) => {
    const one = mails.slice(0, index).findLast((other) => related(other, two));
    return one === undefined ? [] : [[one, two] as const];
  });
}

/** The same content to the same people, whatever its Message-ID. */
function alike(one: ReadMail, two: ReadMail): boolean {
  const ids = (mail: ReadMail): string => mail.documents.map(({ id }) => id).join();
  return (
    one.subject === two.subject &&
    one.text === two.text &&
    one.recipients.join() === two.recipients.join() &&
    ids(one) === ids(two)
  );
}

function shared(one: ReadMail, two: ReadMail): readonly string[] {
  return two.recipients.filter((address) => one.recipients.includes(address));
}

function documentsOfBoth(one: ReadMail, two: ReadMail): readonly SentDocument[] {
  return two.documents.filter(({ id }) => one.documents.some((other) => other.id === id));
}

function same(one: ReadMail, two: ReadMail): boolean {
  return Buffer.from(one.source).equals(two.source);
}
