import type { MiddlewareHandler } from 'hono';
import { RefusedCall } from './errors.ts';
import { COMPUTING } from './routes-calculators.ts';

/** Pages load nothing but their own files, and nobody frames them. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** A piece runs nothing and loads nothing, whatever its bytes say. */
export const PIECE_POLICY =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/**
 * Refuses what does not come from this machine's own browser: a site that points its name at 127.0.0.1 (DNS rebinding)
 * would carry its own Host. The tracker changes nothing: only GET and HEAD exist, and POST for what is computed from what is
 * sent. A POST is JSON, which another site cannot send here without asking first, and nothing answers it.
 *
 * @param port the one that is listened on
 */
export function guard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`, `[::1]:${port()}`];
    if (!hosts.includes(context.req.header('host')?.toLowerCase() ?? '')) {
      throw new RefusedCall(
        403,
        'HOTE_REFUSE',
        'Le suivi ne répond qu’à l’adresse locale de cette machine.',
        `Ouvrez http://127.0.0.1:${port()}/.`,
      );
    }
    const computes = context.req.method === 'POST' && COMPUTING.includes(context.req.path);
    if (!computes && !['GET', 'HEAD'].includes(context.req.method)) {
      throw new RefusedCall(405, 'METHODE_REFUSEE', 'Cette adresse se lit seulement.', 'Employez GET.');
    }
    if (computes && !/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
      throw new RefusedCall(
        415,
        'TYPE_REFUSE',
        'Cet appel attend du JSON.',
        'Envoyez « content-type: application/json ».',
      );
    }
    await next();
  };
}

/** Headers of every answer, the refused ones too. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', PAGE_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
};
