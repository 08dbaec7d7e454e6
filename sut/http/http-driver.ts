import { createDriver, SutError, type SutDriver, type Transport, type TransportAnswer } from '../driver/index.ts';

export interface HttpDriverOptions {
  /** Base address given by the vendor, e.g. `http://127.0.0.1:8080/banc`. */
  readonly base: string;
  /** Shown in reports instead of the address. */
  readonly label?: string;
  /** A gesture may include several calls of national services; 60 s unless told otherwise. */
  readonly timeoutMs?: number;
  /** Called at close, when the driver also owns the life of the product. */
  readonly onClose?: () => Promise<void>;
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * A connection of its own for each gesture: a product may close an idle one at the very moment when the next gesture takes
 * it, and would be told of as having stopped.
 */
const ONE_EACH = { connection: 'close' };

/**
 * Drives a product through `POST {base}/gestures/{name}` as described in `openapi.json`.
 *
 * @throws {SutError} `SUT_BAD_ADDRESS` when the address is not an http(s) URL
 */
export function createHttpDriver(options: HttpDriverOptions): SutDriver {
  const base = readBase(options.base);
  const timeoutMs = options.timeoutMs ?? 60_000;
  const label = options.label ?? `http:${base.host}`;

  const request = async (path: string, init: RequestInit): Promise<TransportAnswer> => {
    const url = new URL(path, base);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
      text = await readBounded(response);
    } catch (error) {
      return unreachable(url, timeoutMs, error);
    }
    return interpret(response.status, text, path);
  };

  const transport: Transport = {
    label,
    call: (gesture, input) =>
      request(`gestures/${gesture}`, {
        method: 'POST',
        headers: { ...ONE_EACH, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(input),
      }),
    identity: () => request('identity', { method: 'GET', headers: { ...ONE_EACH, accept: 'application/json' } }),
    close: async () => options.onClose?.(),
  };
  return createDriver(transport);
}

function readBase(text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text.endsWith('/') ? text : `${text}/`);
  } catch {
    url = undefined;
  }
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new SutError(
      'SUT_BAD_ADDRESS',
      `« ${text} » n'est pas une adresse http de produit testé.`,
      'Écrivez --sut http:http://machine:port/chemin (ou http:machine:port).',
    );
  }
  return url;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new Error(`réponse de plus de ${MAX_ANSWER_BYTES / 1024 / 1024} Mio`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unreachable(url: URL, timeoutMs: number, error: unknown): TransportAnswer {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
  const said = cause?.message ?? (error instanceof Error ? error.message : String(error));
  if (timedOut) {
    return {
      kind: 'failed',
      code: 'SUT_TIMEOUT',
      reason: `Le produit testé n'a pas répondu à ${url.pathname} en ${timeoutMs / 1000} s.`,
      remedy: 'Vérifiez que le geste se termine, ou allongez le délai avec --gesture-timeout.',
    };
  }
  const unreachableBecause = (reason: string, remedy: string): TransportAnswer => ({
    kind: 'failed',
    code: 'SUT_UNREACHABLE',
    reason,
    remedy,
  });
  if (said === 'unexpected redirect') {
    return unreachableBecause(
      `Le produit testé répond à ${url.pathname} par une redirection, que le banc ne suit pas.`,
      'Donnez à --sut l’adresse finale, sans page de connexion devant les gestes.',
    );
  }
  if (said === 'bad port') {
    return unreachableBecause(
      `Le port ${url.port} de ${url.origin} est réservé par les navigateurs et le banc ne l'appelle pas.`,
      'Exposez les gestes sur un autre port, par exemple 8080.',
    );
  }
  if (['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(systemCode(cause))) {
    return unreachableBecause(
      `Le produit testé a coupé la connexion sans répondre à ${url.pathname} (${said}).`,
      'Consultez ses traces : il s’est peut-être arrêté pendant le geste. « npm run jalon -- driver try » essaie un seul geste.',
    );
  }
  return unreachableBecause(
    `Le produit testé est injoignable à ${url.origin} (${said}).`,
    'Démarrez le produit et vérifiez l’adresse donnée à --sut ; « npm run jalon -- driver try » essaie un seul geste.',
  );
}

function systemCode(cause: Error | undefined): string {
  return cause !== undefined && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

function interpret(status: number, text: string, path: string): TransportAnswer {
  // Most frameworks answer an unknown path with a page of their own: the status alone says it.
  const absent = status === 501 || status === 404;
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    if (absent) return { kind: 'unsupported', reason: `Le produit ne propose pas ${path} (HTTP ${status}).` };
    return {
      kind: 'failed',
      code: 'SUT_BAD_ANSWER',
      reason: `La réponse du produit à ${path} (HTTP ${status}) n'est pas du JSON.`,
      remedy: `Le contrat est décrit dans sut/http/openapi.json${status >= 500 ? ' ; consultez aussi les traces du produit' : ''}.`,
    };
  }
  if (status === 200) return { kind: 'done', output: body };
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const word = (key: string): string => (typeof said[key] === 'string' ? said[key] : '');
  if (absent) {
    return { kind: 'unsupported', reason: word('reason') || `Le produit ne propose pas ${path} (HTTP ${status}).` };
  }
  if (status === 409) return { kind: 'refused', message: word('message') };
  return {
    kind: 'failed',
    code: word('code') || 'SUT_FAILED',
    reason: word('reason') || `Le produit a répondu HTTP ${status} à ${path}.`,
    remedy: word('remedy') || 'Consultez les traces du produit testé.',
  };
}
