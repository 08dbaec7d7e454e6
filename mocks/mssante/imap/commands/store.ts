import { takeFlags } from '../mailbox/flags.ts';
import { Refusal, SyntaxProblem } from '../protocol/problems.ts';
import { takeChosen } from './chosen.ts';
import type { CommandHandler } from './types.ts';

/** STORE and UID STORE (RFC 3501 §6.4.6). */
export const store: CommandHandler = (session, call) => {
  const { view } = session;
  const { args, uid } = call;
  args.space();
  const messages = takeChosen(view, call);
  args.space();
  const read = /^([+-]?)FLAGS(\.SILENT)?$/iu.exec(args.match(/[-+A-Za-z.]+/y) ?? '');
  if (read === null) throw new SyntaxProblem('Expected FLAGS, +FLAGS or -FLAGS');
  const [, how = '', silent] = read;
  args.space();
  const flags = takeFlags(args);
  args.end();
  if (view.readOnly) throw new Refusal('The mailbox is open for reading only', 'CANNOT');
  if (how !== '-') view.folder.checkKeywords(flags);
  const found = messages();
  for (const { message, sequence } of found) {
    view.folder.setFlags(message, changed(message.flags, how, flags));
    view.flagsTold(message);
    if (silent !== undefined) continue;
    for (const line of view.tellKeywords()) session.reply(line);
    session.reply(`* ${sequence} FETCH (${uid ? `UID ${message.uid} ` : ''}FLAGS (${view.flagsOf(message)}))`);
  }
  return { text: `${uid ? 'UID ' : ''}STORE completed`, note: `${found.length} message(s)` };
};

function changed(before: ReadonlySet<string>, how: string, flags: readonly string[]): ReadonlySet<string> {
  if (how === '+') return new Set([...before, ...flags]);
  return how === '-' ? new Set([...before].filter((flag) => !flags.includes(flag))) : new Set(flags);
}
