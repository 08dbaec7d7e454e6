import { takeName } from './names.ts';
import type { CommandHandler } from './types.ts';

/** CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE (RFC 3501 §6.3.3–6.3.7). */
export const create: CommandHandler = ({ account }, { args }) => {
  args.space();
  const name = takeName(args);
  args.end();
  account.create(name);
  return { text: 'CREATE completed' };
};

export const remove: CommandHandler = (session, { args }) => {
  args.space();
  const name = takeName(args);
  args.end();
  if (session.selected !== undefined && session.selected === session.account.find(name)) session.unselect();
  session.account.delete(name);
  return { text: 'DELETE completed' };
};

export const rename: CommandHandler = ({ account }, { args }) => {
  args.space();
  const from = takeName(args);
  args.space();
  const to = takeName(args);
  args.end();
  account.rename(from, to);
  return { text: 'RENAME completed' };
};

export const subscribe: CommandHandler = ({ account }, { args }) => {
  args.space();
  const name = takeName(args);
  args.end();
  account.get(name).subscribed = true;
  return { text: 'SUBSCRIBE completed' };
};

export const unsubscribe: CommandHandler = ({ account }, { args }) => {
  args.space();
  const name = takeName(args);
  args.end();
  account.get(name).subscribed = false;
  return { text: 'UNSUBSCRIBE completed' };
};
