import { takeSituation } from '../../take-situation.ts';
import { IMAP_SELECT_SITUATIONS } from '../situations.ts';
import { takeName } from './names.ts';
import type { CommandCall, CommandHandler, Completion, OpenedSession } from './types.ts';

/** SELECT and EXAMINE (RFC 3501 §6.3.1–6.3.2). */
export const select: CommandHandler = (session, call) => openFolder(session, call, false);
export const examine: CommandHandler = (session, call) => openFolder(session, call, true);

function openFolder(session: OpenedSession, { args }: CommandCall, readOnly: boolean): Completion {
  args.space();
  const name = takeName(args);
  args.end();
  // Even when it fails, SELECT leaves the folder that was open.
  session.unselect();
  const folder = session.account.get(name);
  const played = takeSituation(session.desk, session.mailbox.address, IMAP_SELECT_SITUATIONS);
  if (played !== undefined) session.account.renumber(folder);
  const view = session.open(folder, readOnly);
  const unseen = view.messages.findIndex(({ flags }) => !flags.has('\\Seen'));
  session.reply(`* FLAGS (${folder.flags.join(' ')})`);
  session.reply(`* ${view.messages.length} EXISTS`);
  session.reply(`* ${view.recentCount} RECENT`);
  if (unseen >= 0) session.reply(`* OK [UNSEEN ${unseen + 1}] First unseen message`);
  const permanent = readOnly ? '' : `${folder.flags.join(' ')} \\*`;
  session.reply(`* OK [PERMANENTFLAGS (${permanent})] Flags that stay`);
  session.reply(`* OK [UIDVALIDITY ${folder.uidValidity}] UIDs are valid`);
  session.reply(`* OK [UIDNEXT ${folder.uidNext}] Next UID`);
  return {
    code: readOnly ? 'READ-ONLY' : 'READ-WRITE',
    text: `${readOnly ? 'EXAMINE' : 'SELECT'} completed`,
    ...(played === undefined ? {} : { note: 'UIDVALIDITY changée (situation)' }),
  };
}

/** CLOSE takes the deleted messages away without saying so; UNSELECT (RFC 3691) leaves them. */
export const close: CommandHandler = (session, { args }) => {
  args.end();
  const { view } = session;
  if (!view.readOnly) view.folder.expunge(view.folder.messages.filter(({ flags }) => flags.has('\\Deleted')));
  session.unselect();
  return { text: 'CLOSE completed' };
};

export const unselect: CommandHandler = (session, { args }) => {
  args.end();
  // Read for what it says when no folder is open.
  void session.view;
  session.unselect();
  return { text: 'UNSELECT completed' };
};
