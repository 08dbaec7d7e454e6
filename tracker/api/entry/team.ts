import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { digestOf, isToken, newSecret, sessionActor, tokenActor } from '../../access/index.ts';
import type { Tracker } from '../../store/index.ts';
import { problem } from '../problems/index.ts';
import { cookieNamed } from './cookies.ts';
import { createLimiter, LIMITS, type Limiter, type Limits } from './limits.ts';
import { refuseOtherSites } from './origin.ts';
import type { Entry, Identity } from './types.ts';

/** A session ends after so long without a call, and in any case after so long. */
const IDLE_MS = 12 * 3600_000;
const LONGEST_MS = 7 * 24 * 3600_000;
/** A session that goes on is written so often at most. */
const TOUCH_MS = 5 * 60_000;

export interface TeamSettings {
  /** Address at which browsers open the tracker. */
  readonly publicUrl: URL;
  /** The proxy in front says who calls, in `X-Forwarded-For`. */
  readonly trustProxy?: boolean;
  readonly limits?: Limits;
}

/** Sessions as the routes of the login open and close them. */
export interface Sessions {
  readonly limiter: Limiter;
  addressOf(context: Context): string;
  /** @returns what the page sends with each change */
  open(context: Context, account: string): Promise<string>;
  close(context: Context, identity: Identity): Promise<void>;
}

/** The tracker of a team: people log in, programs have tokens, calls are counted. */
export function teamEntry(
  { publicUrl, trustProxy = false, limits = LIMITS }: TeamSettings,
  tracker: Tracker,
  now: () => Date,
): { readonly entry: Entry; readonly sessions: Sessions } {
  const secure = publicUrl.protocol === 'https:';
  const cookie = cookieNamed('jalon_session', secure);
  const limiter = createLimiter(limits);
  const addressOf = (context: Context): string => {
    const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
    return forwarded ?? getConnInfo(context).remote.address ?? '?';
  };
  const until = (at: Date, since: string): string =>
    new Date(Math.min(at.getTime() + IDLE_MS, Date.parse(since) + LONGEST_MS)).toISOString();

  async function ofToken(written: string): Promise<Identity> {
    const at = now().toISOString();
    const key = isToken(written) ? await tracker.tokenKey(digestOf(written), at) : undefined;
    if (key === undefined) throw problem('NON_CONNECTE');
    const { id, account, label, scopes } = key.token;
    await tracker.touchToken(id, at);
    return { actor: tokenActor(account, key.role, label, scopes), account };
  }

  async function ofCookie(value: string): Promise<Identity | undefined> {
    const at = now();
    const hash = digestOf(value);
    const session = await tracker.session(hash, at.toISOString());
    if (session === undefined) return undefined;
    if (at.getTime() - Date.parse(session.seenAt) > TOUCH_MS) {
      await tracker.touchSession(hash, { at: at.toISOString(), expiresAt: until(at, session.createdAt) });
    }
    return { actor: sessionActor(session.account, session.role), account: session.account, session, cookie: hash };
  }

  return {
    entry: {
      team: true,
      origin: () => publicUrl.origin,
      async admit(context) {
        if (context.req.header('host')?.toLowerCase() !== publicUrl.host) {
          throw problem('HOTE_REFUSE', { url: publicUrl.href });
        }
      },
      async identify(context) {
        const bearer = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
        const value = cookie.read(context);
        // Strangers are counted before a token or a cookie is looked up: guessing is counted too.
        if (bearer === undefined && value === undefined) await limiter.take('strangers', addressOf(context));
        else await limiter.check('strangers', addressOf(context));
        let identity: Identity | undefined;
        try {
          if (bearer !== undefined) identity = await ofToken(bearer);
          else if (value !== undefined) identity = await ofCookie(value);
        } catch (error) {
          await limiter.take('strangers', addressOf(context));
          throw error;
        }
        if (identity === undefined) {
          if (value !== undefined) await limiter.take('strangers', addressOf(context));
          return undefined;
        }
        await limiter.take('calls', identity.actor.name);
        return identity;
      },
      admitChange(context, identity) {
        if (identity?.actor.via === 'jeton') return;
        refuseOtherSites(context, [publicUrl.origin]);
        if (identity?.session !== undefined && context.req.header('x-jalon-csrf') !== identity.session.csrf) {
          throw problem('JETON_CSRF');
        }
      },
    },
    sessions: {
      limiter,
      addressOf,
      async open(context, account) {
        const at = now();
        const value = newSecret();
        const csrf = newSecret();
        const iso = at.toISOString();
        await tracker.openSession({ hash: digestOf(value), account, csrf, at: iso, expiresAt: until(at, iso) });
        cookie.write(context, value, LONGEST_MS / 1000);
        return csrf;
      },
      async close(context, identity) {
        if (identity.cookie !== undefined) await tracker.closeSessions({ hash: identity.cookie });
        cookie.clear(context);
      },
    },
  };
}
