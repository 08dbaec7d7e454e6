import { createAdaptorServer } from '@hono/node-server';
import { Server } from 'node:http';
import type { Tracker } from '../store/index.ts';
import type { Calculators } from './calculators.ts';
import { trackerApp } from './app.ts';
import { TrackerServerError } from './errors.ts';

const LOOPBACK = '127.0.0.1';

export interface ServeOptions {
  readonly tracker: Tracker;
  /** Working folder, named in messages. */
  readonly dataDir: string;
  /** Built pages. */
  readonly uiDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Of Jalon. */
  readonly version: string;
  /** What the pages of quotes and of SUN-ES ask for; without, they say so. */
  readonly calculators?: Calculators;
}

export interface TrackerServer {
  /** With the port, ends with `/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens the tracker's API and pages on the loopback. The tracker itself stays open when the server closes.
 *
 * @throws {TrackerServerError} `PORT_IN_USE`, `PORT_REFUSED`, `PAGES_MISSING`
 */
export async function serveTracker(options: ServeOptions): Promise<TrackerServer> {
  let port = options.port;
  const app = trackerApp({
    tracker: options.tracker,
    uiDir: options.uiDir,
    version: options.version,
    port: () => port,
    calculators: options.calculators,
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(failure(error, options)));
    server.listen(options.port, LOOPBACK, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  return {
    url: `http://${LOOPBACK}:${port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // A browser keeps its connections: without this, Ctrl-C would wait for it.
        if (server instanceof Server) server.closeAllConnections();
      }),
  };
}

function failure(error: NodeJS.ErrnoException, { port, dataDir }: ServeOptions): Error {
  if (error.code === 'EADDRINUSE') {
    return new TrackerServerError(
      'PORT_IN_USE',
      `Le port ${port} est déjà pris : le suivi de « ${dataDir} » ne s'ouvre pas.`,
      'Si c’est un autre suivi, servez-vous-en ; sinon choisissez un port libre avec --port.',
      error,
    );
  }
  if (error.code === 'EACCES') {
    return new TrackerServerError(
      'PORT_REFUSED',
      `Le système refuse le port ${port}.`,
      'Choisissez un port au-dessus de 1024 avec --port.',
      error,
    );
  }
  return error;
}
