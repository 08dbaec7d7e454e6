import type { IncomingMessage } from 'node:http';
import { RAW_MAIL } from './mail-route.ts';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Says why a request must not be served: a page of another site that reached the loopback (DNS rebinding gives a
 * foreign Host, a cross-site call a foreign Origin), or a body that a browser may send without asking first
 * (a call without a body needs no content type: a page of another site has a foreign Origin).
 * @returns undefined when the request is welcome
 */
export function refusalOf(
  request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
): { readonly status: number; readonly message: string } | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !LOOPBACK.test(host)) {
    return { status: 403, message: "L'API de pilotage ne répond qu'à une adresse locale (127.0.0.1 ou localhost)." };
  }
  if (origin !== undefined && !LOOPBACK.test(origin.replace(/^https?:\/\//i, ''))) {
    return { status: 403, message: "L'API de pilotage ne répond pas aux pages d'un autre site." };
  }
  const type = mediaTypeOf(request);
  // No page sends this type without asking first, as for JSON.
  if (type === RAW_MAIL && request.url?.startsWith('/mailboxes/') === true) return undefined;
  if (request.method === 'POST' && type !== 'application/json' && !isEmpty(request.headers, type)) {
    return { status: 415, message: 'Le corps doit être annoncé « Content-Type: application/json ».' };
  }
  return undefined;
}

/** Media type of the body, lower case, without parameters. */
export function mediaTypeOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** Announces neither a type nor anything to read. */
function isEmpty(headers: IncomingMessage['headers'], type: string | undefined): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return type === undefined && length === '0' && encoding === undefined;
}
