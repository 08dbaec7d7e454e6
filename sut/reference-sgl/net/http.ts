import { readFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsIdentity } from '../model/index.ts';
import { asNetError, NetError } from './errors.ts';
import { refuseRevoked } from './revocation.ts';

export interface HttpsRequest {
  url: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string;
  /** PEM file of the authorities to trust. */
  ca: string;
  /** Client certificate, for the services that ask for one. */
  identity?: TlsIdentity;
  /** How the server must show who it is; that its certificate is ours to trust, under its own name, unless told otherwise. */
  server?: ServerTrust;
  /** For the whole exchange, body included. */
  timeoutMs: number;
}

export interface ServerTrust {
  /** Refuses a certificate that its issuer took back. */
  revocation?: boolean;
  /** Only with its fault: takes any certificate. */
  any?: boolean;
  /** Only with its fault: takes versions of TLS that are not to be used any more. */
  oldVersions?: boolean;
  /** Only with its fault: the suites of TLS 1.2 to keep to, instead of those of the platform. */
  suites?: string;
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
  const signal = AbortSignal.timeout(request.timeoutMs);
  const { server = {} } = request;
  const socket = await secured(url, server, { ca, cert, key }, signal);
  try {
    if (server.revocation && !server.any) await refuseRevoked(socket.getPeerCertificate(true), request.timeoutMs);
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpsRequest(
        url,
        {
          method: request.method ?? 'GET',
          headers: { ...request.headers, ...(body && { 'content-length': String(body.byteLength) }) },
          // A new connection each time: a certificate changed in the settings must count at once.
          createConnection: () => socket,
          signal,
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  } catch (error) {
    socket.destroy();
    throw asNetError(error, 'connexion');
  }
}

/** The connection alone: nothing is sent before the server showed who it is. */
function secured(
  url: URL,
  { any, oldVersions, suites }: ServerTrust,
  { ca, cert, key }: Readonly<Record<'ca' | 'cert' | 'key', Buffer | undefined>>,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ['http/1.1'],
      minVersion: oldVersions ? 'TLSv1' : 'TLSv1.2',
      ...(oldVersions && { ciphers: 'DEFAULT@SECLEVEL=0' }),
      ...(suites !== undefined && { ciphers: suites, maxVersion: 'TLSv1.2' as const }),
      rejectUnauthorized: !any,
      ...(ca && { ca }),
      ...(cert && key && { cert, key }),
    });
    const give = (end: () => void): void => {
      signal.removeEventListener('abort', late);
      end();
    };
    const late = (): void => {
      socket.destroy();
      give(() => reject(new NetError('delai', { cause: signal.reason })));
    };
    const failed = (error: Error): void => give(() => reject(asNetError(error, 'connexion')));
    signal.addEventListener('abort', late);
    // Stays for the life of the socket: one that breaks while the certificate is looked up breaks nothing else.
    socket.on('error', failed);
    socket.once('secureConnect', () => give(() => resolve(socket)));
  });
}
