import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import { authority, listen, readBody, shut } from '../network/index.ts';
import { mediaTypeOf, refusalOf } from './admit.ts';
import type { Controlled } from './answers.ts';
import { MAX_MAIL, mailboxOfPath } from './mail-route.ts';
import { route } from './routes.ts';

const MAX_BODY = 64 * 1024;
/** Whatever address the services listen on, scripting the bench stays on this machine. */
const HOST = '127.0.0.1';

export interface RunningControl {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the control API: `POST`, `GET` and `DELETE /situations`,
 * `GET /journal?service=&since=&operation=&about=&expected=&limit=&last=&bodies=&findings=`, `POST /hl7/feeds`,
 * `POST /mailboxes/{address}/mails`, `POST /reset`. Plain HTTP on the loopback, JSON only; its own calls are not journaled, they are no exchange of the product.
 * @param port 0 lets the system choose
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `LISTEN_FAILED`
 */
export async function startControl(bench: Controlled, port: number): Promise<RunningControl> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 20_000 }, (request, response) => {
    serve(request, response, bench).catch((error: unknown) => {
      send(response, 500, { error: { code: 'BENCH_FAILED', message: `Erreur du banc : ${messageOf(error)}` } });
    });
  });
  const actual = await listen(server, 'control', HOST, port);
  return {
    url: `http://${authority(HOST, actual)}`,
    close: () => shut(server, () => server.closeAllConnections()),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, bench: Controlled): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== undefined) {
    send(response, refusal.status, { error: { code: 'REFUSED', message: refusal.message } });
    return;
  }
  const url = URL.parse(request.url ?? '/', 'http://control');
  const limit = url !== null && mailboxOfPath(url.pathname) !== undefined ? MAX_MAIL : MAX_BODY;
  const { kind, body } = await readBody(request, limit);
  if (kind === 'interrupted') return;
  if (kind === 'too-large') {
    send(response, 413, { error: { code: 'TOO_LARGE', message: `Corps de plus de ${limit} octets.` } });
    return;
  }
  if (url === null) {
    send(response, 400, { error: { code: 'BAD_PATH', message: 'Adresse illisible.' } });
    return;
  }
  const { status, document } = await route(
    request.method ?? 'GET',
    url,
    { type: mediaTypeOf(request) ?? '', body },
    bench,
  );
  send(response, status, document);
}

function send(response: ServerResponse, status: number, document: unknown): void {
  if (response.headersSent || response.destroyed) return;
  // A refused or oversized body may still be on its way: the connection is not used again.
  if (status >= 400) response.shouldKeepAlive = false;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(`${JSON.stringify(document)}\n`);
}
