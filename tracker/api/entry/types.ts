import type { Context } from 'hono';
import type { Actor } from '../../access/index.ts';
import type { Session } from '../../store/index.ts';

/** Somebody who was recognised. */
export interface Identity {
  readonly actor: Actor;
  /** Account behind it; absent alone on a machine. */
  readonly account?: string;
  readonly session?: Session;
  /** Digest of the cookie of the session. */
  readonly cookie?: string;
}

/** What stands between the network and the routes. */
export interface Entry {
  /** Whether people log in. */
  readonly team: boolean;
  /** Refuses a call by its host or its number, before anything else. @throws {Problem} */
  admit(context: Context): Promise<void>;
  /** Who calls; undefined when nobody logged in. @throws {Problem} 401 for a token that is none */
  identify(context: Context): Promise<Identity | undefined>;
  /** Refuses a change that another site asks for. @throws {Problem} 403 */
  admitChange(context: Context, identity: Identity | undefined): void;
  /** Names of the host and port under which pages are opened. */
  readonly origin: () => string;
}
