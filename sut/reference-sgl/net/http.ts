import { readFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { TlsIdentity } from '../model/index.ts';

/** Why no usable answer came. `delai`, `connexion` and `coupure` may pass with time; `tls` needs somebody. */
export type NetFailure = 'delai' | 'connexion' | 'tls' | 'coupure' | 'trop-grand' | 'adresse';

const SENTENCES: Record<NetFailure, string> = {
  delai: "Le service n'a pas répondu dans le délai prévu.",
  connexion: 'Le service est injoignable.',
  tls: "La connexion sécurisée avec le service n'a pas pu être établie (certificat refusé ou inconnu).",
  coupure: 'Le service a coupé la connexion avant la fin de sa réponse.',
  'trop-grand': 'La réponse du service dépasse la taille acceptée.',
  adresse: "L'adresse du service n'est pas une adresse https.",
};

export class NetError extends Error {
  readonly failure: NetFailure;

  constructor(failure: NetFailure, options?: { cause?: unknown }) {
    super(SENTENCES[failure], options);
    this.name = 'NetError';
    this.failure = failure;
  }
}

export interface HttpsRequest {
  url: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string;
  /** PEM file of the authorities to trust. */
  ca: string;
  /** Client certificate, for the services that ask for one. */
  identity?: TlsIdentity;
  /** For the whole exchange, body included. */
  timeoutMs: number;
}

export interface HttpsAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const MAX_ANSWER_BYTES = 20 * 1024 * 1024;

/**
 * One HTTPS exchange with a national service. PEM files are read at each call, so that a renewed certificate is taken
 * without a restart. Redirections are answers like others.
 *
 * @throws {NetError} when no complete answer came, or one larger than 20 MiB
 */
export async function httpsExchange(request: HttpsRequest): Promise<HttpsAnswer> {
  const response = await openHttps(request);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      const bytes = chunk as Buffer;
      size += bytes.byteLength;
      if (size > MAX_ANSWER_BYTES) throw new NetError('trop-grand');
      chunks.push(bytes);
    }
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    throw asNetError(error, 'coupure');
  } finally {
    response.destroy();
  }
}

/**
 * The same, with the body left to be streamed by the caller, who bounds it and destroys the response.
 *
 * @throws {NetError} when no answer began
 */
export async function openHttps(request: HttpsRequest): Promise<IncomingMessage> {
  const url = URL.parse(request.url);
  if (url?.protocol !== 'https:') throw new NetError('adresse');
  const [ca, cert, key] = await Promise.all(
    [request.ca, request.identity?.cert, request.identity?.key].map(async (path) =>
      path === undefined ? undefined : await readFile(path),
    ),
  );
  const body = request.body === undefined ? undefined : Buffer.from(request.body as Uint8Array);
  return await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpsRequest(
      url,
      {
        method: request.method ?? 'GET',
        headers: { ...request.headers, ...(body && { 'content-length': String(body.byteLength) }) },
        // A new connection each time: a certificate changed in the settings must count at once.
        agent: false,
        minVersion: 'TLSv1.2',
        signal: AbortSignal.timeout(request.timeoutMs),
        ...(ca && { ca }),
        ...(cert && key && { cert, key }),
      },
      resolve,
    );
    outgoing.on('error', (error) => reject(asNetError(error, 'connexion')));
    outgoing.end(body);
  });
}

function asNetError(error: unknown, otherwise: NetFailure): NetError {
  if (error instanceof NetError) return error;
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return new NetError('delai', { cause: error });
  const tls = /^(ERR_SSL|ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|EPROTO)/.test(code ?? '');
  if (tls || /alert|certificate/i.test(message ?? '')) return new NetError('tls', { cause: error });
  if (code === 'ECONNRESET' || code === 'EPIPE') return new NetError('coupure', { cause: error });
  return new NetError(otherwise, { cause: error });
}
