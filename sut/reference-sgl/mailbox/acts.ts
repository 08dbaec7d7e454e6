import { shareableIns } from '../identity/index.ts';
import { Refusal } from '../model/index.ts';
import { automaticMention, type Letter, type OwnMailbox } from '../mssante/index.ts';
import type { MailActs, MailActsDeps } from './acts-types.ts';
import { giveReadReceipt } from './answer-sender.ts';
import type { MailBook } from './book.ts';
import { createLetterDelivery } from './deliver.ts';
import { explained } from './explain.ts';
import { ImapRefusal, withMailbox } from './imap.ts';
import { createIncoming } from './incoming.ts';
import { createReceivedDocuments } from './integrate.ts';
import { createReading } from './reading.ts';
import type { Mail } from './types.ts';

export function createMailActs(deps: MailActsDeps): MailActs {
  const { config, faults, now, patients, settings, worklist, book, desk, refusals } = deps;
  const received = createReceivedDocuments({ patients, worklist, faults, now });
  const patientDomain = `@${config.mssante.patientDomain ?? 'patient.mssante.fr'}`.toLowerCase();
  const letters = createLetterDelivery(deps);
  const readBox = createReading(deps, createIncoming(deps, received, patientDomain));

  const boxOf = (address: string | undefined): OwnMailbox => {
    const box = desk.box(address);
    if (box) return box;
    throw new Refusal(
      'BOITE_INCONNUE',
      "Cette boîte MSSanté n'est pas configurée ici.",
      'Choisissez une de vos boîtes.',
    );
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
      const delivery = await letters.deliver(letter, box, user, {
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
      const delivery = await letters.deliver(letter, boxOf(mail.mailbox), user, {
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

    async open(messageId, user) {
      const mail = known(book, messageId);
      const given = await giveReadReceipt(mail, boxOf(mail.mailbox), user, deps);
      return { message: `Message ouvert.${given ? " L'accusé de lecture demandé est parti." : ''}` };
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
    stop: () => letters.stop(),
  };
}

function known(book: MailBook, messageId: string): Mail {
  const mail = book.find(messageId);
  if (mail) return mail;
  throw new Refusal('MESSAGE_INCONNU', "Ce message n'est pas dans vos boîtes.", 'Relevez la boîte.');
}
