/** Realm of Pro Santé Connect; every back-channel path hangs under it (protocols.md §4.1). */
export const REALM_PATH = '/auth/realms/esante-wallet';

/**
 * Origin the caller used, by its Host header: a product pointed at the bench through its hosts file calls the real host
 * name, and must read that name in the discovery document and in `iss`.
 */
export function calledOrigin(request: Request): string {
  const host = request.headers.get('host') ?? '';
  const claimed = `https://${host}`;
  return /^[\w.:[\]-]+$/u.test(host) && URL.canParse(claimed) ? new URL(claimed).origin : new URL(request.url).origin;
}

/** Issuer as seen by whoever calls. */
export function issuerOf(request: Request): string {
  return `${calledOrigin(request)}${REALM_PATH}`;
}

/**
 * Origin of the authorization endpoint. The real service puts it on another host (`wallet.…`) than the issuer
 * (`auth.…`); the bench keeps that trap by naming the same listener the other way.
 */
export function walletOrigin(request: Request): string {
  const url = new URL(calledOrigin(request));
  if (url.hostname.startsWith('auth.')) url.hostname = `wallet.${url.hostname.slice('auth.'.length)}`;
  else if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  else if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}

/** Whether a redirect URI stays on this machine, the default tolerance of the bench. */
export function isLocalUri(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, hash, username } = new URL(uri);
  if (hash !== '' || username !== '') return false;
  return (protocol === 'http:' || protocol === 'https:') && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
