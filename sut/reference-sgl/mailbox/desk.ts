import type { SettingsBook } from '../identity/index.ts';
import type { Professional, SglConfig } from '../model/index.ts';
import {
  mailboxOf,
  ownMailboxes,
  type MailTerms,
  type OwnMailbox,
  type ReportDelivery,
  type Tell,
} from '../mssante/index.ts';
import type { MailBook } from './book.ts';
import type { MailJournal } from './journal.ts';
import type { Mail } from './types.ts';

/** The mailboxes of the laboratory, how it is set to use them, and what is kept of what they send. */
export interface MailDesk {
  /** The laboratory's first; a personal one is opened by the Pro Santé Connect session of its owner, if there is one. */
  boxes(): readonly OwnMailbox[];
  box(address: string | undefined): OwnMailbox | undefined;
  termsFor(kind: 'professionnel' | 'patient', author: string): MailTerms & { readonly tell: Tell };
  tell(box: OwnMailbox, author: string): Tell;
  /** A mail that was sent, for those who look it up. */
  keep(
    delivery: ReportDelivery,
    more: Pick<Mail, 'kind'> & Partial<Pick<Mail, 'patientId' | 'about' | 'references'>>,
  ): void;
}

export function createMailDesk(deps: {
  config: SglConfig;
  faults: ReadonlySet<string>;
  now: () => Date;
  settings: SettingsBook;
  book: MailBook;
  journal: MailJournal;
  people: () => readonly Professional[];
  /** Access token of the live session of a person at Pro Santé Connect; in memory only. */
  tokenOf: (nationalId: string) => string | undefined;
}): MailDesk {
  const { config, faults, now, settings, book, journal } = deps;
  const boxes = (): readonly OwnMailbox[] =>
    ownMailboxes(config, deps.people()).map((box) => {
      const owner = config.mssante.others?.find(({ address }) => address === box.address)?.owner;
      const token = owner === undefined ? undefined : deps.tokenOf(owner);
      return token === undefined ? box : { ...box, token };
    });
  const sender = (): OwnMailbox | undefined => {
    const wanted = settings.current().mailSender === 'applicative' && !faults.has('mss-boite-reglee-ignoree');
    const all = boxes();
    return (wanted ? all.find(({ kind }) => kind === 'APP') : undefined) ?? all[0];
  };
  const tell =
    (box: OwnMailbox, author: string): Tell =>
    (action, request, response, about = {}) =>
      journal.add({ at: now(), author, action, mailbox: box.address, request, response, ...about });
  return {
    boxes,
    box: (address) => (address === undefined ? boxes()[0] : mailboxOf(boxes(), address)),
    termsFor(kind, author) {
      const { mailReplyTo, patientReplies } = settings.current();
      const box = sender();
      const replyTo = kind === 'patient' ? mailReplyTo.patients : mailReplyTo.professionals;
      return {
        ...(box && { box }),
        ...(replyTo !== undefined && { replyTo }),
        patientReplies,
        tell: box ? tell(box, author) : () => undefined,
      };
    },
    tell,
    keep({ state, sent }, { kind, patientId, about, references = [] }) {
      if (state !== 'transmis' || sent === undefined) return;
      const { box, to, subject, text, messageId } = sent;
      book.add({
        mailbox: box.address,
        messageId,
        direction: 'emis',
        kind,
        from: box.label,
        address: box.address,
        to: [...to],
        subject: faults.has('mss-prefixe-affiche') ? subject : shownSubject(subject),
        text,
        at: now(),
        references: [...references],
        receipts: [],
        ...(patientId !== undefined && { patientId }),
        ...(about !== undefined && { about }),
      });
    },
  };
}

/** The technical prefix is not for people (SC.MSS/UX.28). */
export function shownSubject(subject: string): string {
  return subject.replace(/XDM\/1\.0\/DDM\+/, '').trim();
}
