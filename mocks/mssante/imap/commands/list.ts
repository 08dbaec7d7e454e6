import { DELIMITER, type Account } from '../mailbox/account.ts';
import type { Folder } from '../mailbox/folder.ts';
import type { Arguments } from '../protocol/arguments.ts';
import { SyntaxProblem } from '../protocol/problems.ts';
import { encodeUtf7 } from '../protocol/utf7.ts';
import { wireName } from './names.ts';
import { statusReply, takeStatusItems } from './status.ts';
import type { CommandHandler } from './types.ts';

interface ListRequest {
  readonly selection: ReadonlySet<string>;
  readonly patterns: readonly string[];
  readonly returned: ReadonlySet<string>;
  readonly statusItems: readonly string[] | undefined;
}

const SELECTIONS = new Set(['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE']);
const RETURNS = new Set(['SUBSCRIBED', 'CHILDREN', 'SPECIAL-USE', 'STATUS']);

/** LIST (RFC 3501 §6.3.8), its extended form (RFC 5258), special uses (RFC 6154) and STATUS (RFC 5819). */
export const list: CommandHandler = (session, { args }) => {
  const { selection, patterns, returned, statusItems } = takeRequest(args);
  if (patterns.length === 1 && patterns[0] === '') {
    session.reply(`* LIST (\\Noselect) "${DELIMITER}" ""`);
    return { text: 'LIST completed' };
  }
  const asked = (option: string): boolean => selection.has(option) || returned.has(option);
  for (const folder of session.account.list()) {
    if (!patterns.some((pattern) => nameMatches(pattern, folder))) continue;
    if (selection.has('SUBSCRIBED') && !folder.subscribed) continue;
    if (selection.has('SPECIAL-USE') && folder.specialUse === undefined) continue;
    const subscribed = asked('SUBSCRIBED') && folder.subscribed ? ['\\Subscribed'] : [];
    session.reply(
      `* LIST (${[...attributes(session.account, folder), ...subscribed].join(' ')}) "${DELIMITER}" ${wireName(folder)}`,
    );
    if (statusItems !== undefined) session.reply(statusReply(folder, statusItems));
  }
  return { text: 'LIST completed' };
};

/** LSUB (RFC 3501 §6.3.9). */
export const lsub: CommandHandler = (session, { args }) => {
  args.space();
  const reference = args.astring();
  args.space();
  const pattern = `${reference}${args.listMailbox()}`;
  args.end();
  for (const folder of session.account.list()) {
    if (!folder.subscribed || !nameMatches(pattern, folder)) continue;
    session.reply(`* LSUB (${attributes(session.account, folder).join(' ')}) "${DELIMITER}" ${wireName(folder)}`);
  }
  return { text: 'LSUB completed' };
};

function takeRequest(args: Arguments): ListRequest {
  args.space();
  let selection: readonly string[] = [];
  if (args.startsWith('(')) {
    selection = args.list(() => option(args.atom(), SELECTIONS));
    args.space();
  }
  const reference = args.astring();
  args.space();
  const patterns = args.startsWith('(') ? args.list(() => args.listMailbox()) : [args.listMailbox()];
  let statusItems: readonly string[] | undefined;
  let returned: readonly string[] = [];
  if (args.accept(' RETURN ')) {
    returned = args.list(() => {
      const name = option(args.atom(), RETURNS);
      if (name === 'STATUS') {
        args.space();
        statusItems = takeStatusItems(args);
      }
      return name;
    });
  }
  args.end();
  return {
    selection: new Set(selection),
    patterns: patterns.map((pattern) => (pattern === '' ? '' : `${reference}${pattern}`)),
    returned: new Set(returned),
    statusItems,
  };
}

function option(name: string, known: ReadonlySet<string>): string {
  const upper = name.toUpperCase();
  if (!known.has(upper)) throw new SyntaxProblem(`Unknown LIST option ${upper}`);
  return upper;
}

function attributes(account: Account, folder: Folder): readonly string[] {
  return [
    account.hasChildren(folder) ? '\\HasChildren' : '\\HasNoChildren',
    ...(folder.specialUse === undefined ? [] : [folder.specialUse]),
  ];
}

function nameMatches(pattern: string, folder: Folder): boolean {
  const name = encodeUtf7(folder.name);
  return wildcardMatches(pattern, name) || (name === 'INBOX' && wildcardMatches(pattern.toUpperCase(), name));
}

/** `*` stands for anything, `%` for anything within a level. In time proportional to both lengths, whatever the pattern. */
export function wildcardMatches(pattern: string, name: string): boolean {
  let reached: boolean[] = [true, ...Array.from({ length: name.length }, () => false)];
  for (const character of pattern) {
    const next: boolean[] = [];
    for (let at = 0; at <= name.length; at += 1) {
      const before = name[at - 1];
      if (character === '*') next[at] = reached[at] === true || next[at - 1] === true;
      else if (character === '%') next[at] = reached[at] === true || (next[at - 1] === true && before !== DELIMITER);
      else next[at] = reached[at - 1] === true && before === character;
    }
    reached = next;
  }
  return reached[name.length] === true;
}
