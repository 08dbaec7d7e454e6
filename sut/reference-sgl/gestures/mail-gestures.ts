import type { Laboratory } from '../app/laboratory.ts';
import { correspondentState } from './mail-state.ts';
import type { GestureInputs } from './types.ts';

type MailGesture = 'recordMailRefusal' | 'addCorrespondent' | 'refreshCorrespondent';
type Gestures = { [Name in MailGesture]: (input: GestureInputs[Name]) => Promise<object> | object };

/** What is done with secure mail and with the correspondents of a file. */
export function createMailGestures(lab: Laboratory): Gestures {
  const userOf = (user?: string): string => user ?? lab.config.biologist.nationalId;
  return {
    recordMailRefusal: ({ user, ...order }) => lab.mail.refusals.record(order, userOf(user)),
    async addCorrespondent({ patientId, rpps, user }) {
      const { correspondent, message } = await lab.fileCorrespondents.add(patientId, rpps, userOf(user));
      return { correspondent: correspondentState(correspondent), message };
    },
    async refreshCorrespondent({ patientId, correspondentId, user }) {
      const { correspondent, message } = await lab.fileCorrespondents.refresh(patientId, correspondentId, userOf(user));
      return { correspondent: correspondentState(correspondent), message };
    },
  };
}
