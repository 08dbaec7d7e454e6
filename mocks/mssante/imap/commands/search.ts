import { setImmediate as turn } from 'node:timers/promises';
import type { Arguments } from '../protocol/arguments.ts';
import { Refusal, SyntaxProblem } from '../protocol/problems.ts';
import { formatSet } from '../protocol/sets.ts';
import { wireString } from '../protocol/strings.ts';
import { SearchCandidate } from './search-candidate.ts';
import { takeSearchKeys } from './search-keys.ts';
import type { CommandHandler } from './types.ts';

const CHARSETS: Readonly<Record<string, BufferEncoding>> = { 'US-ASCII': 'utf8', 'UTF-8': 'utf8' };
const RETURNS = new Set(['MIN', 'MAX', 'ALL', 'COUNT']);
const MAX_KEYS = 500;

/** SEARCH and UID SEARCH (RFC 3501 §6.4.4), with RETURN (RFC 4731). */
export const search: CommandHandler = async (session, { tag, args, uid }) => {
  const { view } = session;
  args.space();
  const returned = takeReturn(args);
  const encoding = takeCharset(args);
  const matches = takeSearchKeys(args, {
    decode: (bytes) => Buffer.from(bytes, 'latin1').toString(encoding),
    lastSequence: view.messages.length,
    lastUid: view.messages.at(-1)?.uid ?? 0,
    keysLeft: MAX_KEYS,
  });
  args.end();
  const found: number[] = [];
  for (const [index, message] of view.messages.entries()) {
    // A search through large bodies leaves the other sessions their turn.
    if (index % 20 === 19) await turn();
    const candidate = new SearchCandidate(message, index + 1, view.isRecent(message));
    if (matches(candidate)) found.push(uid ? message.uid : candidate.sequence);
  }
  session.reply(
    returned === undefined
      ? `* SEARCH${found.map((number) => ` ${number}`).join('')}`
      : esearch(tag, uid, returned, found),
  );
  return { text: `${uid ? 'UID ' : ''}SEARCH completed`, note: `${found.length} message(s)` };
};

function takeReturn(args: Arguments): ReadonlySet<string> | undefined {
  if (!args.accept('RETURN ')) return undefined;
  const options = args.list(() => args.atom().toUpperCase());
  const unknown = options.find((option) => !RETURNS.has(option));
  if (unknown !== undefined) throw new SyntaxProblem(`Unknown SEARCH option ${unknown}`);
  args.space();
  return new Set(options.length === 0 ? ['ALL'] : options);
}

function takeCharset(args: Arguments): BufferEncoding {
  if (!args.accept('CHARSET ')) return 'utf8';
  const name = args.astring().toUpperCase();
  const encoding = CHARSETS[name];
  if (encoding === undefined)
    throw new Refusal('Charset not supported', `BADCHARSET (${Object.keys(CHARSETS).join(' ')})`);
  args.space();
  return encoding;
}

function esearch(tag: string, uid: boolean, returned: ReadonlySet<string>, found: readonly number[]): string {
  const items = [`* ESEARCH (TAG ${wireString(tag)})`];
  if (uid) items.push('UID');
  const [first] = found;
  const last = found.at(-1);
  if (returned.has('MIN') && first !== undefined) items.push(`MIN ${first}`);
  if (returned.has('MAX') && last !== undefined) items.push(`MAX ${last}`);
  if (returned.has('COUNT')) items.push(`COUNT ${found.length}`);
  if (returned.has('ALL') && found.length > 0) items.push(`ALL ${formatSet(found)}`);
  return items.join(' ');
}
