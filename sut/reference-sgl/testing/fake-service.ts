import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TestPki } from './certificates.ts';

export interface ReceivedRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
  /** Subject CN of the client certificate, when one was asked for. */
  client: string | undefined;
}

export type FakeAnswer =
  | { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
  /** The connection is cut, before or in the middle of an answer. */
  | 'coupe'
  | 'tronque'
  /** Nothing ever comes. */
  | 'silence';

export interface FakeService {
  origin: string;
  received: ReceivedRequest[];
  /** What it answers; may be changed at any time. */
  answer: (request: ReceivedRequest) => FakeAnswer | Promise<FakeAnswer>;
  close(): Promise<void>;
}

/** A national service reduced to what one test needs, over real TLS. */
export async function startFakeService(pki: TestPki, options: { mutual?: boolean } = {}): Promise<FakeService> {
  const sockets = new Set<Socket>();
  const server = createServer(
    { ...pki.server, ca: pki.ca, requestCert: options.mutual === true, rejectUnauthorized: options.mutual === true },
    (request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const socket = request.socket as Socket & { getPeerCertificate?: () => { subject?: { CN?: string } } };
        const received: ReceivedRequest = {
          method: request.method ?? '',
          url: new URL(request.url ?? '/', service.origin),
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          client: options.mutual === true ? socket.getPeerCertificate?.().subject?.CN : undefined,
        };
        service.received.push(received);
        const answer = await service.answer(received);
        if (answer === 'silence') return;
        if (answer === 'coupe') return void socket.destroy();
        if (answer === 'tronque') {
          response.writeHead(200, { 'content-type': 'application/soap+xml', 'content-length': '1000' });
          response.write('<soap:Envelope', () => socket.destroy());
          return;
        }
        response.writeHead(answer.status ?? 200, answer.headers ?? {});
        response.end(answer.body ?? '');
      })();
    },
  );
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: FakeService = {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: () => ({ status: 404 }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return service;
}
