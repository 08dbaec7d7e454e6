import { type OwnMailbox } from '../mssante/index.ts';
import type { MailActsDeps } from './acts-types.ts';
import { type OpenMailbox, withMailbox } from './imap.ts';
import type { TakeMail } from './incoming.ts';
import type { Mail } from './types.ts';

/** Reads what is new in a mailbox. Gives how many mails were not known. */
export type ReadBox = (box: OwnMailbox, user: string) => Promise<number>;

export function createReading(deps: MailActsDeps, take: TakeMail): ReadBox {
  const { config, faults, desk, onError } = deps;
  /** How far each mailbox was read. */
  const cursors = new Map<string, { validity: number; uid: number }>();

  return async (box, user) => {
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
}

/** Of a mail not read yet: its number and its sender, for the journal. */
function aboutOf(raw: Buffer | undefined): { messageId?: string; partner?: string } {
  const head = raw?.subarray(0, 16_384).toString('latin1') ?? '';
  const messageId = /^Message-ID:\s*(<[^<>\r\n]{1,990}>)/im.exec(head)?.[1];
  const partner = /^From:.*?([^\s<>"]{1,120}@[^\s<>",;]{1,120})/im.exec(head)?.[1];
  return { ...(messageId !== undefined && { messageId }), ...(partner !== undefined && { partner }) };
}
