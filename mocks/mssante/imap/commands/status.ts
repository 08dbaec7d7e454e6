import type { Folder } from '../mailbox/folder.ts';
import type { Arguments } from '../protocol/arguments.ts';
import { SyntaxProblem } from '../protocol/problems.ts';
import { takeName, wireName } from './names.ts';
import type { CommandHandler } from './types.ts';

const count = (folder: Folder, flag: string): number =>
  folder.messages.reduce((total, { flags }) => total + (flags.has(flag) ? 1 : 0), 0);

const ITEMS: Readonly<Record<string, (folder: Folder) => number>> = {
  MESSAGES: ({ messages }) => messages.length,
  RECENT: ({ messages }) => messages.filter(({ unannounced }) => unannounced).length,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  UNSEEN: (folder) => folder.messages.length - count(folder, '\\Seen'),
  DELETED: (folder) => count(folder, '\\Deleted'),
  SIZE: ({ messages }) => messages.reduce((total, { source }) => total + source.size, 0),
};

/** Reads `(MESSAGES UIDNEXT …)`. */
export function takeStatusItems(args: Arguments): readonly string[] {
  return args.list(() => {
    const item = args.atom().toUpperCase();
    if (ITEMS[item] === undefined) throw new SyntaxProblem(`Unknown STATUS item ${item}`);
    return item;
  });
}

export function statusReply(folder: Folder, items: readonly string[]): string {
  const values = items.map((item) => `${item} ${ITEMS[item]?.(folder) ?? 0}`);
  return `* STATUS ${wireName(folder)} (${values.join(' ')})`;
}

/** STATUS (RFC 3501 §6.3.10; SIZE of RFC 8438, DELETED of RFC 9051). */
export const status: CommandHandler = (session, { args }) => {
  args.space();
  const name = takeName(args);
  args.space();
  const items = takeStatusItems(args);
  args.end();
  session.reply(statusReply(session.account.get(name), items));
  return { text: 'STATUS completed' };
};
