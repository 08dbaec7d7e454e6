import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const BROWSER_COOKIE = 'sgl-navigateur';

/** Proves that a form comes from a page of ours: its token is the signature of a cookie that other sites cannot read. */
export interface Csrf {
  /** Value of this browser's cookie, given at the first page; also ties a login to the browser that began it. */
  browser(context: Context): string;
  /** Value of the hidden field of every form. */
  token(context: Context): string;
  holds(context: Context, token: unknown): boolean;
}

export function createCsrf(): Csrf {
  const secret = randomBytes(32);
  const sign = (browser: string): Buffer => createHmac('sha256', secret).update(browser).digest();
  const browser = (context: Context): string => {
    const known = getCookie(context, BROWSER_COOKIE) ?? (context.get('browser') as string | undefined);
    if (known !== undefined) return known;
    const fresh = randomBytes(24).toString('base64url');
    context.set('browser', fresh);
    // Lax: the return from Pro Santé Connect comes from another site and must carry it.
    setCookie(context, BROWSER_COOKIE, fresh, { httpOnly: true, sameSite: 'Lax', path: '/' });
    return fresh;
  };
  return {
    browser,
    token: (context) => sign(browser(context)).toString('base64url'),
    holds(context, token) {
      const known = getCookie(context, BROWSER_COOKIE);
      if (known === undefined || typeof token !== 'string') return false;
      const received = Buffer.from(token, 'base64url');
      const expected = sign(known);
      return received.length === expected.length && timingSafeEqual(received, expected);
    },
  };
}
