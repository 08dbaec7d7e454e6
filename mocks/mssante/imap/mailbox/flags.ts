import { SyntaxProblem } from '../protocol/problems.ts';
import type { Arguments } from '../protocol/arguments.ts';

/** Flags that a client may set; `\Recent` is the server's (RFC 3501 §2.3.2). */
export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const;

const MAX_KEYWORD = 100;
const MAX_FLAGS = 50;

/** Reads a list of flags: `(\Seen $MDNSent)`, or flags without parentheses (STORE). */
export function takeFlags(args: Arguments): readonly string[] {
  const flags: string[] = [];
  if (args.startsWith('(')) flags.push(...args.list(() => takeFlag(args)));
  else {
    do flags.push(takeFlag(args));
    while (args.accept(' '));
  }
  const distinct = [...new Set(flags)];
  if (distinct.length > MAX_FLAGS) throw new SyntaxProblem('Too many flags');
  return distinct;
}

/** One flag; system flags take their own case, keywords stay as they are written. */
export function takeFlag(args: Arguments): string {
  if (!args.accept('\\')) {
    const keyword = args.atom();
    if (keyword.length > MAX_KEYWORD) throw new SyntaxProblem('Keyword too long');
    return keyword;
  }
  const name = `\\${args.atom()}`.toLowerCase();
  const known = SYSTEM_FLAGS.find((flag) => flag.toLowerCase() === name);
  if (known === undefined) throw new SyntaxProblem(`A client cannot set the flag ${name}`);
  return known;
}
