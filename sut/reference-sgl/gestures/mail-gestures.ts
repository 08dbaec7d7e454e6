import type { Laboratory } from '../app/laboratory.ts';
import { correspondentState } from './mail-state.ts';
import type { GestureInputs } from './types.ts';

type MailGesture =
  | 'sendReport'
  | 'sendMail'
  | 'replyMail'
  | 'fetchMail'
  | 'openMail'
  | 'deleteMail'
  | 'recordMailRefusal'
  | 'addCorrespondent'
  | 'refreshCorrespondent';
type Gestures = { [Name in MailGesture]: (input: GestureInputs[Name]) => Promise<object> | object };

/** What is done with secure mail and with the correspondents of a file. */
export function createMailGestures(lab: Laboratory): Gestures {
  const userOf = (user?: string): string => user ?? lab.config.biologist.nationalId;
  return {
    async sendReport({ user, ...order }) {
      const person = user === undefined ? undefined : { ...(lab.accounts.find(user) ?? lab.biologist()), user };
      return { message: await lab.reports.sendByHand(order, person) };
    },
    sendMail: ({ user, ...order }) => lab.mail.acts.send(order, userOf(user)),
    replyMail: ({ user, ...order }) => lab.mail.acts.reply(order, userOf(user)),
    fetchMail: ({ mailbox, user }) => lab.mail.acts.fetch(mailbox, userOf(user)),
    openMail: ({ messageId, user }) => lab.mail.acts.open(messageId, userOf(user)),
    deleteMail: ({ messageId, user }) => lab.mail.acts.remove(messageId, userOf(user)),
    recordMailRefusal: ({ user, ...order }) => lab.mail.refusals.record(order, userOf(user)),
    async addCorrespondent({ patientId, rpps, structure, user }) {
      const { correspondent, message } = await lab.fileCorrespondents.add(patientId, rpps, userOf(user), structure);
      return { correspondent: correspondentState(correspondent), message };
    },
    async refreshCorrespondent({ patientId, correspondentId, user }) {
      const { correspondent, message } = await lab.fileCorrespondents.refresh(patientId, correspondentId, userOf(user));
      return { correspondent: correspondentState(correspondent), message };
    },
  };
}
