import { createAdaptorServer } from '@hono/node-server';
import { Server } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import type { Desk } from '#evidence/intake/index.ts';
import type { Tracker } from '../store/index.ts';
import { trackerApp, type Team } from './app.ts';
import type { Calculators } from './calculators.ts';
import type { DossierDesk } from './dossier-port.ts';
import { TrackerServerError } from './errors.ts';
import { startAgeing } from './events/ageing.ts';
import { startDelivery } from './events/deliver.ts';
import { createFeed } from './events/feed.ts';
import type { Readers } from './readers.ts';
import type { MoneyTables } from './views/money.ts';

/** Longest that a call may take to arrive. */
const UPLOAD_MS = 3_600_000;
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
  /** Reads what is sent; without, nothing can be imported. */
  readonly readers?: Readers;
  /** Takes the pieces that people bring; without, none is. */
  readonly desk?: Desk;
  /** Writes and verifies dossiers; without, none is. */
  readonly dossiers?: DossierDesk;
  /** Official tables and the vendor's dates; the embedded tables when absent. */
  readonly money?: MoneyTables;
  /** A team shares it: address to listen on, HTTPS, login. Absent: alone, on the loopback. */
  readonly team?: SharedTracker;
  readonly now?: () => Date;
}

export interface SharedTracker extends Team {
  /** Address that is listened on, e.g. `0.0.0.0`. */
  readonly listen: string;
  /** Certificate chain and key, PEM; without them, a proxy speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface TrackerServer {
  /** With the port, ends with `/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens the tracker's API and pages: on the loopback without login, or for a team. The tracker itself stays open when the server
 * closes.
 *
 * @throws {TrackerServerError} `PORT_IN_USE`, `PORT_REFUSED`, `ADDRESS_UNKNOWN`, `PAGES_MISSING`
 */
export async function serveTracker(options: ServeOptions): Promise<TrackerServer> {
  const { tracker, team, now = () => new Date() } = options;
  let port = options.port;
  const feed = createFeed(tracker);
  const app = trackerApp({
    tracker,
    feed,
    uiDir: options.uiDir,
    version: options.version,
    port: () => port,
    now,
    money: options.money ?? { calendar: loadCalendar(), scales: loadScales() },
    calculators: options.calculators,
    readers: options.readers,
    desk: options.desk,
    dossiers: options.dossiers,
    team,
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    ...(team?.tls === undefined ? {} : { createServer: createHttpsServer, serverOptions: team.tls }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(failure(error, options)));
    server.listen(options.port, team?.listen ?? LOOPBACK, resolve);
  });
  // A film of an hour takes its time; what a stranger sends is refused before it is read.
  if ('requestTimeout' in server) server.requestTimeout = UPLOAD_MS;
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  const delivery = startDelivery({ tracker, now });
  const ageing = startAgeing({ tracker, now });
  return {
    url: team === undefined ? `http://${LOOPBACK}:${port}/` : team.publicUrl.href,
    async close() {
      feed.close();
      await delivery.stop();
      await ageing.stop();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // A browser keeps its connections: without this, Ctrl-C would wait for it.
        if (server instanceof Server || server instanceof HttpsServer) server.closeAllConnections();
      });
    },
  };
}

function failure(error: NodeJS.ErrnoException, { port, dataDir, team }: ServeOptions): Error {
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
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new TrackerServerError(
      'ADDRESS_UNKNOWN',
      `Cette machine n’a pas l’adresse ${team?.listen ?? LOOPBACK}.`,
      'Donnez à --listen une adresse de cette machine, ou 0.0.0.0 pour toutes.',
      error,
    );
  }
  return error;
}
