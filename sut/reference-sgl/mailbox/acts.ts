import { createHash } from 'node:crypto';
import type { Patients, SettingsBook, Worklist } from '../identity/index.ts';
import { shareableIns } from '../identity/index.ts';
import { Refusal, SglError, type SglConfig } from '../model/index.ts';
import {
  automaticMention,
  explainTls,
  type Letter,
  LinkError,
  type OwnMailbox,
  type ReportDelivery,
  sendLetter,
} from '../mssante/index.ts';
import type { Schedule } from '../outbox/index.ts';
import type { MailBook } from './book.ts';
import { shownSubject, type MailDesk } from './desk.ts';
import { ImapRefusal, type OpenMailbox, withMailbox } from './imap.ts';
import { createReceivedDocuments, type KeptDocument } from './integrate.ts';
import { answerSender } from './answer-sender.ts';
import { addressesIn, type ReadMail, readMail } from './read-mail.ts';
import type { MailRefusals } from './refusals.ts';
import type { Mail } from './types.ts';

export interface MailOrder {
  mailbox?: string;
  to?: readonly string[];
  patientId?: string;
  subject: string;
  text: string;
  html?: boolean;
  deliveryReceipt?: boolean;
  readReceipt?: boolean;
  noReply?: boolean;
}

/** What a person does with the mailboxes. Refusals and failures say what to do. */
export interface MailActs {
  send(order: MailOrder, user: string): Promise<{ messageId: string; message: string }>;
  reply(order: { messageId: string; text: string }, user: string): Promise<{ messageId: string; message: string }>;
  fetch(mailbox: string | undefined, user: string): Promise<{ received: number; message: string }>;
  remove(messageId: string, user: string): Promise<{ message: string }>;
  /** Documents received by mail, of one patient or all. */
  documents(patientId?: string): readonly KeptDocument[];
  stop(): void;
}

export interface MailActsDeps {
  config: SglConfig;
  faults: ReadonlySet<string>;
  now: () => Date;
  schedule: Schedule;
  patients: Patients;
  settings: SettingsBook;
  worklist: Worklist;
  book: MailBook;
  desk: MailDesk;
  refusals: MailRefusals;
  onError: (error: unknown) => void;
}

const DEFAULT_DELAYS_MS = [5_000, 30_000, 120_000];

export function createMailActs(deps: MailActsDeps): MailActs {
  const { config, faults, now, schedule, patients, settings, worklist, book, desk, refusals, onError } = deps;
  const received = createReceivedDocuments({ patients, worklist, faults, now });
  /** How far each mailbox was read. */
  const cursors = new Map<string, { validity: number; uid: number }>();
  const timers = new Set<{ cancel(): void }>();
  const patientDomain = `@${config.mssante.patientDomain ?? 'patient.mssante.fr'}`.toLowerCase();

  const boxOf = (address: string | undefined): OwnMailbox => {
    const box = desk.box(address);
    if (box) return box;
    throw new Refusal(
      'BOITE_INCONNUE',
      "Cette boîte MSSanté n'est pas configurée ici.",
      'Choisissez une de vos boîtes.',
    );
  };

  /** Sends, keeps, and tries again later what may pass. @throws {Refusal} `ENVOI_REFUSE` with what the server said */
  const deliver = async (
    letter: Letter,
    box: OwnMailbox,
    user: string,
    more: Parameters<MailDesk['keep']>[1],
    tries = 0,
  ): Promise<ReportDelivery> => {
    const delivery = await sendLetter(letter, box, config, faults, desk.tell(box, user));
    desk.keep(delivery, more);
    const delay = (config.retryDelaysMs ?? DEFAULT_DELAYS_MS)[tries];
    if (delivery.state === 'en-attente' && delay !== undefined && !faults.has('mss-sans-reessai')) {
      const timer = schedule(() => {
        timers.delete(timer);
        deliver(letter, box, user, more, tries + 1).catch(onError);
      }, delay);
      timers.add(timer);
    }
    if (delivery.state === 'refuse' && tries === 0) throw new Refusal('ENVOI_REFUSE', delivery.detail);
    return delivery;
  };

  const addressOf = (patientId: string): string => {
    const patient = patients.get(patientId);
    if (refusals.has(patient.id, 'patient') && !faults.has('mss-refus-patient-ignore')) {
      throw new Refusal('PATIENT_REFUSE', "Le patient refuse l'envoi de documents dans sa messagerie MSSanté.");
    }
    const ins = shareableIns(patient) ?? (faults.has('mss-patient-non-qualifie') ? patient.ins : undefined);
    if (ins) return `${ins.matricule}${patientDomain}`;
    throw new Refusal(
      'IDENTITE_NON_QUALIFIEE',
      "L'identité du patient n'est pas qualifiée : aucun message ne lui est envoyé par MSSanté.",
      "Qualifiez d'abord son identité.",
    );
  };

  const take = async (raw: Buffer, box: OwnMailbox, uid: Mail['uid'], user: string): Promise<boolean> => {
    const read = await readMail(raw);
    const fallback = `<${createHash('sha256').update(raw).digest('hex').slice(0, 40)}@sans-message-id.invalid>`;
    const messageId = read.messageId === '' ? fallback : read.messageId;
    if (book.knows(box.address, messageId) && !faults.has('mss-integre-deux-fois')) return false;
    const about =
      read.about.find((id) => book.find(id) !== undefined) ??
      (read.kind === 'echec' ? book.lastSentTo(addressesIn(read.text))?.messageId : undefined) ??
      read.about[0];
    for (const receipt of read.receipts) {
      if (about !== undefined && !faults.has('mss-accuse-non-montre')) book.receipt(about, { ...receipt, at: now() });
    }
    const integration =
      read.kind === 'document'
        ? await received.receive(read.archives, { messageId, from: read.from.address, subject: read.subject })
        : undefined;
    const sender = senderOf(read);
    const writer = sender === 'patient' ? patientAt(read.from.address) : undefined;
    const patientId = integration?.patientId ?? writer?.id;
    book.add({
      mailbox: box.address,
      messageId,
      direction: 'recu',
      kind: read.kind,
      from: nameOf(read, writer),
      address: read.from.address,
      to: [...read.to],
      subject: faults.has('mss-prefixe-affiche') ? read.subject : shownSubject(read.subject),
      text: read.text,
      at: now(),
      references: [...read.references],
      sender,
      receipts: [],
      ...(uid && { uid }),
      ...(about !== undefined && { about }),
      ...(patientId !== undefined && { patientId }),
      ...(integration && { documents: [...integration.documents] }),
    });
    if (integration) await answerSender({ ...read, messageId }, raw, integration, box, user, deps);
    return true;
  };

  const senderOf = ({ from: { address }, receipts }: ReadMail): NonNullable<Mail['sender']> => {
    if (faults.has('mss-expediteur-non-distingue')) return 'professionnel';
    if (address.toLowerCase().endsWith(patientDomain)) return 'patient';
    return receipts.length > 0 || /^(mailer-daemon|postmaster)@/i.test(address) ? 'operateur' : 'professionnel';
  };
  const patientAt = (address: string): ReturnType<Patients['list']>[number] | undefined => {
    const matricule = address.split('@')[0]?.toUpperCase();
    return patients.list().find(({ ins, mergedInto }) => ins?.matricule === matricule && !mergedInto);
  };
  /** A patient is shown by his name, never by his number (SC.MSS/UX.31). */
  const nameOf = ({ from }: ReadMail, patient: ReturnType<typeof patientAt>): string => {
    if (patient && !faults.has('mss-adresse-patient-montree')) {
      return `${patient.traits.birthName} ${patient.traits.firstNames[0] ?? ''}`.trim();
    }
    return from.name === '' ? from.address : from.name;
  };

  const readBox = async (box: OwnMailbox, user: string): Promise<number> => {
    const tell = desk.tell(box, user);
    const pending: { raw: Buffer; uid: NonNullable<Mail['uid']> }[] = [];
    const collect = async (mailbox: OpenMailbox): Promise<void> => {
      const { validity } = mailbox;
      const cursor = cursors.get(box.address);
      // Numbers of another validity say nothing any more: everything is looked at again, what is known is left.
      const from = cursor?.validity === validity ? cursor.uid : 0;
      for (const uid of await mailbox.after(from)) {
        const found = await mailbox.fetch(uid);
        if (found) {
          pending.push({ raw: found.raw, uid: { validity, uid } });
          if (!faults.has('mss-non-lu')) await mailbox.addFlags(uid, ['\\Seen']);
        }
        tell('consultation', `UID FETCH ${uid}`, found ? 'OK' : 'message absent ou trop grand', aboutOf(found?.raw));
        cursors.set(box.address, { validity, uid });
      }
    };
    await withMailbox(box, config, faults, tell, collect);
    let count = 0;
    for (const { raw, uid } of pending) {
      try {
        if (await take(raw, box, uid, user)) count += 1;
      } catch (error) {
        // One mail that breaks us must not keep the others.
        onError(error);
      }
    }
    return count;
  };

  return {
    async send({ mailbox, to = [], patientId, subject, text, ...options }, user) {
      const box = boxOf(mailbox);
      if (to.length > 0 === (patientId !== undefined)) {
        throw new Refusal('DESTINATAIRE', 'Écrivez à des professionnels, ou à un patient, séparément.');
      }
      const { mailReplyTo, patientReplies } = settings.current();
      const recipients = patientId === undefined ? to : [addressOf(patientId)];
      const replyTo = patientId === undefined ? mailReplyTo.professionals : mailReplyTo.patients;
      const answerTo = replyTo ?? config.laboratory.mailbox;
      const letter: Letter = {
        ...options,
        to: recipients,
        subject,
        text: box.kind === 'APP' ? `${text}\n\n${automaticMention(answerTo)}` : text,
        replyTo: replyTo ?? (box.kind === 'APP' ? answerTo : undefined),
        noReply: patientId !== undefined && (options.noReply ?? !patientReplies),
      };
      const delivery = await deliver(letter, box, user, {
        kind: 'message',
        ...(patientId !== undefined && { patientId }),
      });
      return { messageId: delivery.messageId, message: delivery.detail };
    },

    async reply({ messageId, text }, user) {
      const mail = known(book, messageId);
      if (mail.direction !== 'recu' || mail.sender === 'operateur') {
        throw new Refusal(
          'REPONSE_IMPOSSIBLE',
          'Personne ne lit les réponses à ce message.',
          'Écrivez un nouveau message.',
        );
      }
      const letter: Letter = {
        to: [mail.address],
        subject: /^re\s*:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
        text,
        answers: { messageId, references: mail.references },
      };
      const { patientId } = mail;
      const more = { kind: 'message' as const, about: messageId, references: [...mail.references, messageId] };
      const delivery = await deliver(letter, boxOf(mail.mailbox), user, {
        ...more,
        ...(patientId !== undefined && { patientId }),
      });
      return { messageId: delivery.messageId, message: delivery.detail };
    },

    async fetch(mailbox, user) {
      const automatic = desk.boxes().filter(({ kind, address }) => kind === 'APP' && book.list(address).length > 0);
      const boxes = mailbox === undefined ? [boxOf(undefined), ...automatic] : [boxOf(mailbox)];
      let count = 0;
      try {
        for (const box of boxes) count += await readBox(box, user);
      } catch (error) {
        throw explained(error);
      }
      const placed = received.retry().length;
      const more = placed === 0 ? '' : ` ${placed} document(s) en attente rapproché(s) de leur patient.`;
      return {
        received: count,
        message: `${count === 0 ? 'Aucun nouveau message' : `${count} nouveau(x) message(s)`}.${more}`,
      };
    },

    async remove(messageId, user) {
      const mail = known(book, messageId);
      const box = boxOf(mail.mailbox);
      const tell = desk.tell(box, user);
      const about = { messageId, partner: mail.direction === 'recu' ? mail.address : mail.to.join(', ') };
      const { uid } = mail;
      if (uid && !faults.has('mss-suppression-locale')) {
        try {
          await withMailbox(box, config, faults, tell, async (open) => {
            if (open.validity !== uid.validity) throw new ImapRefusal('UIDVALIDITY a changé : relevez la boîte.');
            const said = await open.remove(uid.uid);
            tell('suppression', `UID STORE ${uid.uid} +FLAGS (\\Deleted), EXPUNGE`, said, about);
          });
        } catch (error) {
          throw explained(error);
        }
      } else tell('suppression', 'message retiré de ce logiciel', 'OK', about);
      book.remove(mail);
      return { message: 'Message supprimé.' };
    },

    documents: (patientId) => received.list(patientId),
    stop() {
      for (const timer of timers) timer.cancel();
    },
  };
}

function known(book: MailBook, messageId: string): Mail {
  const mail = book.find(messageId);
  if (mail) return mail;
  throw new Refusal('MESSAGE_INCONNU', "Ce message n'est pas dans vos boîtes.", 'Relevez la boîte.');
}

/** Of a mail not read yet: its number and its sender, for the journal. */
function aboutOf(raw: Buffer | undefined): { messageId?: string; partner?: string } {
  const head = raw?.subarray(0, 16_384).toString('latin1') ?? '';
  const messageId = /^Message-ID:\s*(<[^<>\r\n]{1,990}>)/im.exec(head)?.[1];
  const partner = /^From:.*?([^\s<>"]{1,120}@[^\s<>",;]{1,120})/im.exec(head)?.[1];
  return { ...(messageId !== undefined && { messageId }), ...(partner !== undefined && { partner }) };
}

/** What the user is told: a refused operator is not a failure of ours, the rest is. */
function explained(error: unknown): Error {
  if (error instanceof LinkError && error.kind === 'tls') return new Refusal('MSSANTE_TLS', explainTls(error.code), '');
  if (error instanceof LinkError) {
    return new SglError(
      'MSSANTE_INJOIGNABLE',
      `Le serveur MSSanté est injoignable (${error.code}).`,
      'Réessayez plus tard.',
      { cause: error },
    );
  }
  if (error instanceof ImapRefusal) {
    return new Refusal(
      'MSSANTE_REFUS',
      `Le serveur MSSanté a refusé : ${error.response.slice(0, 300)}`,
      'Vérifiez le compte de la boîte.',
    );
  }
  return error as Error;
}
