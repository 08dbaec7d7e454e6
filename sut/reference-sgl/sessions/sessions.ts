import { randomBytes } from 'node:crypto';
import type { Professional } from '../model/index.ts';

/** What a session may do with identities: see `pages/rights.ts`. */
export const PROFILES = ['utilisateur', 'super-utilisateur', 'technicien'] as const;
export type Profile = (typeof PROFILES)[number];

export interface Session {
  id: string;
  account: Professional;
  means: 'psc' | 'local';
  profile: Profile;
  since: Date;
  lastSeen: Date;
  /** Only kept to close the session at Pro Santé Connect; in memory, never written anywhere. */
  idToken?: string;
  /** Opens the mailboxes of this person while it lives; in memory, never written anywhere (ECO.1.2.5). */
  accessToken?: AccessToken;
}

export interface AccessToken {
  value: string;
  until: Date;
}

export interface Sessions {
  open(
    account: Professional,
    means: 'psc' | 'local',
    more?: { idToken?: string; accessToken?: AccessToken | undefined; profile?: Profile },
  ): Session;
  /** The live session of this cookie; touching it puts off its end. */
  touch(id: string | undefined): Session | undefined;
  list(): readonly Session[];
  close(id: string): void;
  /** The access token of a person who is logged in, while it has not expired. */
  tokenOf(nationalId: string): string | undefined;
}

/** Local lock after inactivity, whatever Pro Santé Connect thinks of its own session. */
const IDLE_MS = 30 * 60_000;

export function createSessions(now: () => Date): Sessions {
  const sessions = new Map<string, Session>();
  const purge = (): void => {
    for (const [id, session] of sessions) {
      if (now().getTime() - session.lastSeen.getTime() > IDLE_MS) sessions.delete(id);
    }
  };
  return {
    open(account, means, { idToken, accessToken, profile = 'utilisateur' } = {}) {
      purge();
      const id = randomBytes(32).toString('base64url');
      const at = now();
      const base = { id, account, means, profile, since: at, lastSeen: at };
      const session: Session = {
        ...base,
        ...(idToken !== undefined && { idToken }),
        ...(accessToken && { accessToken }),
      };
      sessions.set(id, session);
      return session;
    },
    touch(id) {
      purge();
      const session = id === undefined ? undefined : sessions.get(id);
      if (session) session.lastSeen = now();
      return session;
    },
    list() {
      purge();
      return [...sessions.values()];
    },
    close: (id) => void sessions.delete(id),
    tokenOf(nationalId) {
      purge();
      const token = [...sessions.values()].findLast(({ account }) => account.nationalId === nationalId)?.accessToken;
      return token && token.until > now() ? token.value : undefined;
    },
  };
}
