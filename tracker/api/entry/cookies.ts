import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Browsers only take a cookie of this name over HTTPS, for this host alone. */
const nameOf = (secure: boolean, name: string): string => `${secure ? '__Host-' : ''}${name}`;

/** A cookie that no script reads, and that other sites do not send with a change. */
export interface Cookie {
  read(context: Context): string | undefined;
  write(context: Context, value: string, maxAgeS: number): void;
  clear(context: Context): void;
}

export function cookieNamed(name: string, secure: boolean): Cookie {
  const full = nameOf(secure, name);
  // Lax: the identity provider sends the browser back by a link.
  const options = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const;
  return {
    read: (context) => getCookie(context, full),
    write: (context, value, maxAge) => setCookie(context, full, value, { ...options, maxAge }),
    clear: (context) => {
      deleteCookie(context, full, options);
    },
  };
}
