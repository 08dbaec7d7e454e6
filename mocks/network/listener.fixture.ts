import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { Credential } from '../pki/types.ts';
import { createTestContext } from '../testing.ts';
import type { ServiceContext } from '../types.ts';
import { listenHttps, type HttpServiceDefinition, type Listener } from './index.ts';

const open: Listener[] = [];
/** Closes every listener that {@link start} opened; for `afterEach`. */
export async function closeListeners(): Promise<void> {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
}

/** Closes this one too, with those that {@link start} opened. */
export function keep(listener: Listener): void {
  open.push(listener);
}

/** A listener over TLS of the test IGC-Santé, and calls to it. */
export async function start(
  definition: Partial<HttpServiceDefinition> & Pick<HttpServiceDefinition, 'handlers'>,
  overrides: Partial<ServiceContext> = {},
) {
  const context = await createTestContext(overrides);
  const listener = await listenHttps(
    { service: 'insi', listener: 'insi', clientCertificate: 'none', ...definition },
    context,
  );
  open.push(listener);
  const [pki, journal] = [context.pki, context.journal];
  const call = (path: string, options: RequestOptions & { body?: Uint8Array | string; as?: Credential } = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
      const { body, as, ...others } = options;
      const request = httpsRequest(
        `${listener.origin}${path}`,
        {
          ca: pki.caPem,
          agent: false,
          method: body === undefined ? 'GET' : 'POST',
          ...(as === undefined ? {} : { cert: as.certificatePem, key: as.keyPem }),
          ...others,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return { context, listener, journal, pki, call };
}

export function onlyHttp(exchanges: readonly { protocol: string }[]): HttpExchange {
  const [first] = exchanges as readonly HttpExchange[];
  if (first === undefined || first.protocol !== 'http') throw new Error('an HTTP exchange was expected');
  return first;
}
