import { append } from './append.ts';
import { copy, move } from './copy.ts';
import { expunge } from './expunge.ts';
import { fetch } from './fetch.ts';
import { create, remove, rename, subscribe, unsubscribe } from './folders.ts';
import { list, lsub } from './list.ts';
import { search } from './search.ts';
import { close, examine, select, unselect } from './select.ts';
import { check, enable, namespace, noop } from './server.ts';
import { status } from './status.ts';
import { store } from './store.ts';
import type { CommandHandler } from './types.ts';

export interface CommandEntry {
  readonly handler: CommandHandler;
  /** May follow UID. */
  readonly uid?: true;
  /** Sequence numbers must not move while it is answered (RFC 3501 §7.4.1). */
  readonly keepsNumbers?: true;
  /** Worth an exchange of its own in the journal; the others go with the next one. */
  readonly told: boolean;
}

const told = (handler: CommandHandler): CommandEntry => ({ handler, told: true });
const untold = (handler: CommandHandler): CommandEntry => ({ handler, told: false });

/** Commands of an open mailbox, by name. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  NOOP: untold(noop),
  CHECK: untold(check),
  NAMESPACE: untold(namespace),
  ENABLE: untold(enable),
  SELECT: told(select),
  EXAMINE: told(examine),
  CLOSE: told(close),
  UNSELECT: told(unselect),
  CREATE: told(create),
  DELETE: told(remove),
  RENAME: told(rename),
  SUBSCRIBE: told(subscribe),
  UNSUBSCRIBE: told(unsubscribe),
  LIST: told(list),
  LSUB: told(lsub),
  STATUS: told(status),
  APPEND: told(append),
  SEARCH: { handler: search, uid: true, keepsNumbers: true, told: true },
  FETCH: { handler: fetch, uid: true, keepsNumbers: true, told: true },
  STORE: { handler: store, uid: true, keepsNumbers: true, told: true },
  COPY: { handler: copy, uid: true, told: true },
  MOVE: { handler: move, uid: true, told: true },
  EXPUNGE: { handler: expunge, uid: true, told: true },
};

export { capabilitiesOf, type Phase } from './capabilities.ts';
export { answerId } from './server.ts';
export type { Completion, OpenedSession } from './types.ts';
