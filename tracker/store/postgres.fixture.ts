import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server of the tests: its own folder, loopback, stopped with them. */
export interface TestServer {
  /** A new empty database, in a folder of the account of the server when one is given. */
  database(folder?: string): Promise<string>;
  /** Account that the server runs as. */
  readonly account: { readonly uid: number; readonly gid: number };
  /** Stops the server and keeps its folder. @param how `fast` cuts its clients; `immediate` is a crash */
  down(how: 'fast' | 'immediate'): Promise<void>;
  /** Starts it again on the same folder and port when it is down; ended when it answers. */
  up(): Promise<void>;
  /** Stops it for good. */
  stop(): Promise<void>;
}

/** Debian keeps the programs of the server out of the path. */
function programs(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted().toReversed() : [];
  const folders = [
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** The server refuses to run as root: the account of its package then runs it. */
function account(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const [uid, gid] = ['-u', '-g'].map((option) =>
    spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout?.trim(),
  );
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

const bin = programs();
const as = account();

/** Why the tests on PostgreSQL are skipped; undefined when they can be played. */
export const WITHOUT_POSTGRES: string | undefined =
  bin === undefined
    ? 'PostgreSQL n’est pas installé (Debian : postgresql)'
    : as === undefined
      ? 'PostgreSQL ne tourne pas sous root, et le compte « postgres » n’existe pas'
      : undefined;

/** @throws {Error} when the server does not start */
export async function startPostgres(): Promise<TestServer> {
  if (bin === undefined || as === undefined) throw new Error(WITHOUT_POSTGRES);
  const folder = mkdtempSync(join(tmpdir(), 'jalon-pg-'));
  chmodSync(folder, 0o700);
  chownSync(folder, as.uid, as.gid);
  const run = { uid: as.uid, gid: as.gid, cwd: folder } as const;
  execFileSync(
    join(bin, 'initdb'),
    ['-D', folder, '-U', 'jalon', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'],
    run,
  );
  const port = await freePort();
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(
      join(bin, 'postgres'),
      ['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'],
      { ...run, stdio: 'ignore' },
    );
    await answering(port, started);
    return started;
  };
  let server: ChildProcess | undefined = await start();
  const down = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    if (server === undefined) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
    server = undefined;
  };
  let count = 0;
  return {
    account: as,
    async database(where) {
      count += 1;
      const name = `suivi_${count}`;
      await withClient(port, async (client) => {
        if (where !== undefined) await client.query(`CREATE TABLESPACE ${name}_disque LOCATION '${where}'`);
        await client.query(`CREATE DATABASE ${name}${where === undefined ? '' : ` TABLESPACE ${name}_disque`}`);
      });
      return `postgres://jalon@127.0.0.1:${port}/${name}`;
    },
    down: (how) => down(how === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    async up() {
      server ??= await start();
    },
    async stop() {
      await down('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function withClient<T>(port: number, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: `postgres://jalon@127.0.0.1:${port}/postgres` });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function answering(port: number, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL s’est arrêté (code ${server.exitCode})`);
    const up = await withClient(port, (client) => client.query('SELECT 1')).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
