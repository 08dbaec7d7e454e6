import type { CommandPiece } from './protocol/command-reader.ts';
import type { ImapRecorder } from './recorder.ts';

/** Commands without a secret; of any other, before login, only the name goes to the journal. */
const WITHOUT_SECRET = new Set(['CAPABILITY', 'NOOP', 'LOGOUT', 'STARTTLS', 'ID']);

/**
 * What the journal may show of a command: the password of a LOGIN and the answer of an AUTHENTICATE are replaced, and
 * before login whatever is not known to be harmless.
 * @returns undefined when the command may be shown as it is
 */
export function maskedCommand(pieces: readonly CommandPiece[], opened: boolean): string | undefined {
  const text = pieces[0]?.text ?? '';
  const [tag = '', name = '', first = ''] = text.split(' ');
  const command = name.toUpperCase();
  if (opened ? command !== 'LOGIN' && command !== 'AUTHENTICATE' : WITHOUT_SECRET.has(command)) return undefined;
  if (command === 'AUTHENTICATE') {
    return text.split(' ').length > 3 || pieces.length > 1 ? `${tag} ${name} ${first} ***` : `${tag} ${name} ${first}`;
  }
  if (command !== 'LOGIN')
    return text.includes(' ') ? `${tag} ${/^[a-z]{1,20}$/iu.test(name) ? name : '***'} ***` : '***';
  const literal = pieces[0]?.literal;
  const user = literal !== undefined && first === '' ? literal.toString('latin1').slice(0, 200) : first;
  return `${tag} ${name} ${user.replaceAll(/[\r\n]/gu, ' ')} ***`;
}

/** Puts a command in the journal, with its literals, secrets masked. @param loggedIn whether a mailbox is open */
export function recordCommand(recorder: ImapRecorder, pieces: readonly CommandPiece[], loggedIn: boolean): void {
  const shown = maskedCommand(pieces, loggedIn);
  if (shown !== undefined) return recorder.received(`${shown}\r\n`);
  for (const { text, literal } of pieces) {
    recorder.received(literal === undefined ? `${text}\r\n` : `${text}{${literal.length}}\r\n`);
    if (literal !== undefined) recorder.receivedLiteral(literal);
  }
}
