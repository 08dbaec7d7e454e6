/** One client command with its literals, as bytes read one character each (latin-1). */
export interface ImapCommand {
  readonly tag: string;
  /** Upper case. */
  readonly name: string;
  /** Arguments, unquoted, literals in place. */
  readonly words: readonly string[];
}

export type CommandReading =
  | { readonly kind: 'command'; readonly line: string; readonly rest: string }
  /** The client announced a literal and waits for leave to send it. */
  | { readonly kind: 'literal'; readonly until: number }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'too-long' };

/** Longest command before login: an XOAUTH2 token of several kilobytes fits. */
const MAX_LENGTH = 64 * 1024;

/**
 * Cuts the first command out of what was received.
 * @param granted end offset of the last literal that was already granted with `+`, so that leave is given once
 */
export function cutCommand(received: string, granted: number): CommandReading {
  if (received.length > MAX_LENGTH) return { kind: 'too-long' };
  let from = 0;
  for (;;) {
    const end = received.indexOf('\n', from);
    if (end < 0) return { kind: 'incomplete' };
    const line = received.slice(from, end).replace(/\r$/u, '');
    const literal = /\{(\d{1,9})(\+?)\}$/u.exec(line);
    if (literal === null) {
      return { kind: 'command', line: received.slice(0, end).replace(/\r$/u, ''), rest: received.slice(end + 1) };
    }
    const until = end + 1 + Number(literal[1]);
    if (until > MAX_LENGTH) return { kind: 'too-long' };
    if (literal[2] === '' && until > granted && received.length < until) return { kind: 'literal', until };
    if (received.length < until) return { kind: 'incomplete' };
    from = until;
  }
}

/** Splits a whole command into words. @returns undefined when there is no tag or no name */
export function parseCommand(line: string): ImapCommand | undefined {
  const words: string[] = [];
  let rest = line;
  while (rest !== '') {
    const literal = /^ *\{(\d{1,9})\+?\}\r?\n/u.exec(rest);
    const quoted = /^ *"((?:[^"\\]|\\.)*)"/u.exec(rest);
    const atom = /^ *([^ "]+)/u.exec(rest);
    if (literal !== null) {
      const start = literal[0].length;
      words.push(rest.slice(start, start + Number(literal[1])));
      rest = rest.slice(start + Number(literal[1]));
    } else if (quoted !== null) {
      words.push((quoted[1] ?? '').replace(/\\(.)/gu, '$1'));
      rest = rest.slice(quoted[0].length);
    } else if (atom !== null) {
      words.push(atom[1] ?? '');
      rest = rest.slice(atom[0].length);
    } else {
      break;
    }
  }
  const [tag, name, ...args] = words;
  return tag === undefined || name === undefined ? undefined : { tag, name: name.toUpperCase(), words: args };
}
