import { createHash, timingSafeEqual } from 'node:crypto';
import { gatewayError, operationOutcome } from './answers.ts';
import type { AnnuaireDesk } from '../types.ts';

const ALLOWED = 'GET, HEAD, OPTIONS, POST';
const READING = new Set(['GET', 'HEAD']);

/**
 * What refuses a call before its content is looked at: key, method, format. The key goes in its header, and is the one
 * of the bench; the lenient profile takes any. A key that is also in the address is not refused: it is a finding.
 */
export function refusal(request: Request, desk: AnnuaireDesk, searching: boolean): Response | undefined {
  const why = judgeKey(request, desk);
  if (why !== undefined) return gatewayError(401, 'Unauthorized', why);
  const { method } = request;
  if (!READING.has(method) && !(method === 'POST' && searching)) {
    const refused = operationOutcome(
      403,
      `HAPI-0333: Access denied: ${method} is not allowed`,
      `écriture (${method}) interdite`,
    );
    refused.headers.set('Allow', ALLOWED);
    return refused;
  }
  const type = request.headers.get('content-type') ?? '';
  if (searching && method === 'POST' && !/^application\/x-www-form-urlencoded\b/iu.test(type)) {
    const why = `formulaire attendu, ${type === '' ? 'type absent' : type} reçu`;
    return operationOutcome(400, 'HAPI-0446: _search expects application/x-www-form-urlencoded', why);
  }
  return takesJson(request)
    ? undefined
    : operationOutcome(406, 'HAPI-0398: Not acceptable', 'le format demandé n’est pas JSON');
}

/** Answer to OPTIONS, which needs no key. */
export function options(): Response {
  return new Response(null, { status: 204, headers: { Allow: ALLOWED } });
}

/** Names that a key takes when it is put in an address by mistake: the gateway takes them away. */
export function withoutKey(parameters: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...parameters].filter(([name]) => !/^(?:esante-)?api[-_]?key$/iu.test(name)));
}

/** `_format` goes before `Accept`. */
function takesJson(request: Request): boolean {
  const format = new URL(request.url).searchParams.get('_format');
  if (format !== null && format !== '') return /json/iu.test(format);
  const accept = request.headers.get('accept') ?? '';
  return accept === '' || /json|\*\/\*|application\/\*/iu.test(accept);
}

function judgeKey(request: Request, desk: AnnuaireDesk): string | undefined {
  const key = request.headers.get('esante-api-key') ?? '';
  if (key === '') return 'en-tête ESANTE-API-KEY absent';
  if (desk.context.profile === 'lenient') return undefined;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(key), digest(desk.apiKey)) ? undefined : "clé d'API inconnue";
}
