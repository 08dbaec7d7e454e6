import type { HttpExchange } from '#formats/exchange/index.ts';

/** What the rules read of an exchange with Pro Santé Connect. */
export interface PscMessage {
  readonly exchange: HttpExchange;
  /** Parameters of the query string. */
  readonly query: URLSearchParams;
  /** Parameters of an `application/x-www-form-urlencoded` body; empty otherwise. */
  readonly form: URLSearchParams;
  header(name: string): string | undefined;
}

const FORM = /^application\/x-www-form-urlencoded\b/i;

/** Reads an exchange; never fails, an URL that is not one has no parameter. */
export function readMessage(exchange: HttpExchange): PscMessage {
  const header = (name: string): string | undefined =>
    exchange.request.headers.find(([one]) => one.toLowerCase() === name)?.[1];
  const mark = exchange.request.url.indexOf('?');
  return {
    exchange,
    header,
    query: new URLSearchParams(mark === -1 ? '' : exchange.request.url.slice(mark + 1).split('#')[0]),
    form: new URLSearchParams(
      FORM.test(header('content-type') ?? '') ? Buffer.from(exchange.request.body).toString() : '',
    ),
  };
}

export type PscKind = 'authorization' | 'token' | 'userinfo' | 'other';

/** Kind of an exchange: what the mock named it, or else what its path says. */
export function kindOf({ operation, request }: HttpExchange): PscKind {
  if (operation === 'authorization' || operation === 'token' || operation === 'userinfo') return operation;
  const path = request.url.replace(/^https?:\/\/[^/]+/i, '').split('?')[0] ?? '';
  if (operation === 'preflight' || request.method === 'OPTIONS') return 'other';
  if (path.endsWith('/protocol/openid-connect/token')) return 'token';
  if (path.endsWith('/protocol/openid-connect/userinfo')) return 'userinfo';
  return path === '/auth' || path.endsWith('/protocol/openid-connect/auth') ? 'authorization' : 'other';
}
