import { takeFlags } from '../mailbox/flags.ts';
import { parseDateTime } from '../protocol/dates.ts';
import { Refusal, SyntaxProblem } from '../protocol/problems.ts';
import { takeName } from './names.ts';
import type { CommandHandler } from './types.ts';

/** APPEND (RFC 3501 §6.3.11) with APPENDUID (RFC 4315). */
export const append: CommandHandler = ({ desk, account }, { args }) => {
  args.space();
  const name = takeName(args);
  args.space();
  let flags: readonly string[] = [];
  if (args.startsWith('(')) {
    flags = takeFlags(args);
    args.space();
  }
  const given = args.startsWith('"') ? args.string() : undefined;
  const internalDate = given === undefined ? desk.context.now() : parseDateTime(given);
  if (internalDate === undefined) throw new SyntaxProblem('Expected a date such as " 5-Jan-2026 10:00:00 +0100"');
  if (given !== undefined) args.space();
  const source = args.literal();
  args.end();
  if (source.length === 0) throw new Refusal('The message is empty', 'CANNOT');
  const folder = account.find(name);
  if (folder === undefined) throw new Refusal('No such mailbox, create it first', 'TRYCREATE');
  folder.checkRoom(1, flags);
  const [uid] = folder.add([{ internalDate, source: desk.store.keep(source), flags }]);
  return {
    code: `APPENDUID ${folder.uidValidity} ${uid}`,
    text: 'APPEND completed',
    note: `${source.length} octets dans ${folder.name}`,
  };
};
