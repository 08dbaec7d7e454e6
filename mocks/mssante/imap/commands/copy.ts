import type { Folder } from '../mailbox/folder.ts';
import { Refusal } from '../protocol/problems.ts';
import { formatSet } from '../protocol/sets.ts';
import { takeChosen, type ChosenMessage } from './chosen.ts';
import { takeName } from './names.ts';
import type { CommandCall, CommandHandler, OpenedSession } from './types.ts';

/** COPY (RFC 3501 §6.4.7) with COPYUID (RFC 4315). */
export const copy: CommandHandler = (session, call) => {
  const { found, target } = takeCopy(session, call);
  const code = copied(found, target);
  return {
    ...(code === undefined ? {} : { code }),
    text: 'COPY completed',
    note: `${found.length} message(s) vers ${target.name}`,
  };
};

/** MOVE (RFC 6851): COPYUID comes first, in an untagged reply, then what left. */
export const move: CommandHandler = (session, call) => {
  const { view } = session;
  if (view.readOnly) throw new Refusal('The mailbox is open for reading only', 'CANNOT');
  const { found, target } = takeCopy(session, call);
  const code = copied(found, target);
  if (code !== undefined) session.reply(`* OK [${code}] Moved`);
  view.folder.expunge(found.map(({ message }) => message));
  return { text: 'MOVE completed', note: `${found.length} message(s) vers ${target.name}` };
};

function takeCopy(
  session: OpenedSession,
  call: CommandCall,
): { readonly found: readonly ChosenMessage[]; readonly target: Folder } {
  const { args } = call;
  args.space();
  const messages = takeChosen(session.view, call);
  args.space();
  const name = takeName(args);
  args.end();
  const target = session.account.find(name);
  if (target === undefined) throw new Refusal('No such mailbox, create it first', 'TRYCREATE');
  const found = messages().filter(({ message }) => !message.expunged);
  target.checkRoom(
    found.length,
    found.flatMap(({ message }) => [...message.flags]),
  );
  return { found, target };
}

function copied(found: readonly ChosenMessage[], target: Folder): string | undefined {
  if (found.length === 0) return undefined;
  const uids = target.add(found.map(({ message }) => message));
  return `COPYUID ${target.uidValidity} ${formatSet(found.map(({ message }) => message.uid))} ${formatSet(uids)}`;
}
