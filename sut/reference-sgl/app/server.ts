import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { gestureRoutes } from '../gestures/index.ts';
import { asSglError, describeError, SglError } from '../model/index.ts';
import { pageRoutes } from '../pages/index.ts';
import type { Laboratory } from './laboratory.ts';

export interface RunningServer {
  readonly base: string;
  /** Lets the transmissions under way end, then closes every connection. */
  close(): Promise<void>;
}

/** The whole web surface, without a socket. */
export function createApp(lab: Laboratory): Hono {
  const app = new Hono();
  app.route('/', gestureRoutes(lab));
  app.route('/', pageRoutes(lab));
  app.notFound((context) => context.json({ code: 'INCONNU', reason: 'Adresse inconnue.', remedy: '' }, 404));
  app.onError((error, context) => {
    lab.log.warn({ error: describeError(error) }, 'erreur inattendue');
    const { code, message, remedy } = asSglError(error);
    return context.json({ code, reason: message, remedy }, 500);
  });
  return app;
}

/** @throws {SglError} `PORT_REFUSE` when the port cannot be taken */
export async function startServer(lab: Laboratory): Promise<RunningServer> {
  const { host, port } = lab.config;
  const server = createAdaptorServer({ fetch: createApp(lab).fetch, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new SglError('PORT_REFUSE', `Le port ${port} de ${host} ne peut pas être ouvert.`, 'Changez « port ».', {
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  lab.base = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  return {
    base: lab.base,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      lab.accounts.stop();
      lab.directorySchedule.stop();
      lab.mail.acts.stop();
      await Promise.all([lab.outbox.stop(), lab.hl7.stop()]);
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
