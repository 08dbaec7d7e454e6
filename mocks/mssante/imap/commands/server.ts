import type { Arguments } from '../protocol/arguments.ts';
import { wireString } from '../protocol/strings.ts';
import { DELIMITER } from '../mailbox/account.ts';
import { SyntaxProblem } from '../protocol/problems.ts';
import identity from './identity.json' with { type: 'json' };
import type { CommandHandler } from './types.ts';

/** NOOP and CHECK: what is new comes with the tagged reply. */
export const noop: CommandHandler = (_, { args }) => {
  args.end();
  return { text: 'NOOP completed' };
};

export const check: CommandHandler = (session, { args }) => {
  args.end();
  void session.view;
  return { text: 'CHECK completed' };
};

/** NAMESPACE (RFC 2342): one personal space, nothing shared. */
export const namespace: CommandHandler = (session, { args }) => {
  args.end();
  session.reply(`* NAMESPACE (("" "${DELIMITER}")) NIL NIL`);
  return { text: 'NAMESPACE completed' };
};

/** ENABLE (RFC 5161): nothing that the server offers needs it, and what it does not know is left out of the answer. */
export const enable: CommandHandler = (session, { args }) => {
  do {
    args.space();
    args.atom();
  } while (!args.atEnd);
  session.reply('* ENABLED');
  return { text: 'ENABLE completed' };
};

/** Reads the argument of ID (RFC 2971) and gives the reply; the client's own words stay in the journal. */
export function answerId(args: Arguments): string {
  args.space();
  if (args.startsWith('(')) {
    const values = args.list(() => args.nstring());
    if (values.length > 60 || values.length % 2 !== 0) throw new SyntaxProblem('ID takes names and values');
  } else if (args.nstring() !== undefined) throw new SyntaxProblem('ID takes a list, or NIL');
  args.end();
  const words = Object.entries(identity.id).flat();
  return `* ID (${words.map(wireString).join(' ')})`;
}
