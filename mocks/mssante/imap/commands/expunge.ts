import type { FolderMessage } from '../mailbox/folder.ts';
import { Refusal } from '../protocol/problems.ts';
import { takeChosen } from './chosen.ts';
import type { CommandHandler } from './types.ts';

/** EXPUNGE (RFC 3501 §6.4.3) and UID EXPUNGE, of the UIDs given only (RFC 4315). */
export const expunge: CommandHandler = (session, call) => {
  const { view } = session;
  const { args, uid } = call;
  let among: readonly FolderMessage[] = view.folder.messages;
  if (uid) {
    args.space();
    among = takeChosen(view, call)().map(({ message }) => message);
  }
  args.end();
  if (view.readOnly) throw new Refusal('The mailbox is open for reading only', 'CANNOT');
  const deleted = among.filter(({ flags, expunged }) => !expunged && flags.has('\\Deleted'));
  view.folder.expunge(deleted);
  return { text: `${uid ? 'UID ' : ''}EXPUNGE completed`, note: `${deleted.length} message(s)` };
};
