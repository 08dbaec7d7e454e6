/**
 * The tracker at the scale of the issue: 20 campaigns, 100,000 pieces, 20 people at once while somebody writes. Lists and
 * dashboard under 50 ms at the 95th percentile with SQLite, 100 ms with PostgreSQL, on 2 cores.
 *
 *     node scripts/bench-tracker.ts [--store sqlite|postgres] [--without-memory] [--seconds N] [--cpu-prof FOLDER]
 *
 * `--without-memory`: no answer of before is given again. `--cpu-prof`: profiles of the server, for `chrome://inspect`.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startPostgres, WITHOUT_POSTGRES } from '#tracker/store/postgres.fixture.ts';
import type { TrackerPlace } from '#tracker/store/index.ts';
import type { ServerFigures, ServerOrder, ServerReady } from './bench-tracker-server.ts';
import { copyTracker, fillTracker, SIZE } from './fill-tracker.ts';
import { fr } from './measured.ts';
import { callerOf, figuresOf, placed, play, type Figures, type Load, type Write } from './tracker-load.ts';

const USERS = 20;
const SECONDS = 10;
const WRITE_EVERY_MS = 200;
const LIMIT_MS = { sqlite: 50, postgres: 100 } as const;
const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;
const REQUIREMENT = 'INS%2Fva1.60';

type Store = keyof typeof LIMIT_MS;

interface BenchOptions {
  readonly stores: readonly Store[];
  readonly seconds: number;
  /** Whether the server may give an answer of before again. */
  readonly remembers: boolean;
  /** Where profiles of the server go. */
  readonly profiles?: string | undefined;
}

/** What a page asks for. `listed`: a list or a dashboard, which the limit is about. */
const ROUTES: readonly { readonly path: string; readonly listed: boolean }[] = [
  { path: '/api/campaigns/current', listed: true },
  { path: '/api/campaigns', listed: true },
  { path: '/api/campaigns/{campaign}', listed: true },
  { path: '/api/campaigns/{campaign}/requirements', listed: true },
  { path: '/api/campaigns/{campaign}/requirements?section=MSS', listed: true },
  { path: '/api/campaigns/{campaign}/requirements?q=identite&verdict=non-conforme', listed: true },
  { path: '/api/campaigns/{campaign}/requirements?state=a-revoir&limit=100', listed: true },
  { path: `/api/campaigns/{campaign}/requirements/${REQUIREMENT}`, listed: false },
  { path: '/api/campaigns/{campaign}/pieces?limit=100', listed: true },
  { path: '/api/runs?limit=100', listed: true },
  { path: '/api/runs?campaign={campaign}&limit=100', listed: true },
  { path: '/api/runs/{run}', listed: false },
];

/** Prints times by route, their share of the limit, and what the server took. */
export async function benchTracker(given: Partial<BenchOptions> = {}): Promise<void> {
  const options = { stores: ['sqlite', 'postgres'] as const, seconds: SECONDS, remembers: true, ...given };
  const memory = options.remembers ? '' : ', aucune réponse d’avant resservie';
  process.stdout.write(
    `suivi : ${SIZE.campaigns} campagnes × ${SIZE.requirements} exigences × ${fr(SIZE.slots)} preuves, ${fr(SIZE.pieces)} pièces, ` +
      `${SIZE.campaigns * SIZE.runs} exécutions de ${SIZE.requirements} scénarios ; ${USERS} personnes sans pause, une écriture toutes les ` +
      `${WRITE_EVERY_MS} ms, ${options.seconds} s${memory} (${availableParallelism()} cœurs, charge de la machine avant : ${fr(loadavg()[0] ?? 0)})\n`,
  );
  const dataDir = mkdtempSync(join(tmpdir(), 'jalon-bench-suivi-'));
  try {
    const began = performance.now();
    await fillTracker({ dataDir });
    process.stdout.write(`  rempli en ${fr((performance.now() - began) / 1000)} s\n`);
    // The copy first: it is that of a tracker that nobody loaded yet.
    if (options.stores.includes('postgres')) await benchPostgres(dataDir, options);
    if (options.stores.includes('sqlite')) await benchStore('sqlite', { dataDir }, options);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function benchPostgres(dataDir: string, options: BenchOptions): Promise<void> {
  if (WITHOUT_POSTGRES !== undefined) {
    process.stdout.write(`  PostgreSQL : passé, ${WITHOUT_POSTGRES}\n`);
    return;
  }
  const postgres = await startPostgres();
  try {
    const place = { dataDir, url: await postgres.database() };
    const began = performance.now();
    await copyTracker({ dataDir }, place);
    await analyze(place.url);
    process.stdout.write(`  copié dans PostgreSQL en ${fr((performance.now() - began) / 1000)} s\n`);
    await benchStore('postgres', place, options);
  } finally {
    await postgres.stop();
  }
}

/** What the server does by itself within minutes: its plans are those of full tables. */
async function analyze(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

async function benchStore(store: Store, place: TrackerPlace, options: BenchOptions): Promise<void> {
  process.stdout.write(`  ${NAMES[store]}\n`);
  const uiDir = join(place.dataDir, 'pages');
  mkdirSync(uiDir, { recursive: true });
  writeFileSync(join(uiDir, 'index.html'), '<!doctype html>');
  const order: ServerOrder = { place, uiDir, remembers: options.remembers };
  const { profiles } = options;
  const child = fork(fileURLToPath(new URL('./bench-tracker-server.ts', import.meta.url)), [JSON.stringify(order)], {
    execArgv: profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
  });
  const ended = once(child, 'exit');
  try {
    await measure(child, LIMIT_MS[store], options.seconds);
  } finally {
    if (child.connected) child.disconnect();
    await ended;
  }
}

async function measure(child: ChildProcess, limitMs: number, seconds: number): Promise<void> {
  const { url } = await heard<ServerReady>(child);
  const first = callerOf(url);
  const ids = async (path: string, list: 'campaigns' | 'runs'): Promise<readonly string[]> => {
    const { ms, text } = await first.call('GET', path);
    process.stdout.write(`    premier ${path} : ${fr(ms)} ms\n`);
    return (JSON.parse(text()) as Record<typeof list, readonly { readonly id: string }[]>)[list].map(({ id }) => id);
  };
  // A dashboard is the first thing that a server which was just started is asked.
  const { ms } = await first.call('GET', '/api/campaigns/current');
  process.stdout.write(`    premier tableau de bord d’un serveur neuf : ${fr(ms)} ms\n`);
  const campaigns = await ids('/api/campaigns', 'campaigns');
  const runs = (await ids('/api/runs?limit=100', 'runs')).slice(0, campaigns.length);
  const cold = new Map<string, number>();
  for (const [rank, { path }] of ROUTES.entries()) {
    // Each on a campaign of its own, that nobody asked about.
    cold.set(path, (await first.call('GET', placed(path, { campaigns, runs }, rank + 1))).ms);
  }
  first.close();
  await figures(child);
  const writes = (rank: number): Write => writeOf(campaigns, rank);
  const routes = ROUTES.map(({ path }) => path);
  const load: Load = { url, users: USERS, seconds, writeEveryMs: WRITE_EVERY_MS, routes, campaigns, runs, writes };
  const own = process.cpuUsage();
  const began = performance.now();
  const played = await play(load);
  const elapsed = performance.now() - began;
  const { user, system } = process.cpuUsage(own);
  const { peakRss, cpu, stallMs } = await figures(child);
  const listed: number[] = [];
  for (const { path, listed: limited } of ROUTES) {
    const { times, bytes } = played.reads.get(path) ?? { times: [], bytes: 0 };
    const found = figuresOf(times);
    if (limited) listed.push(...times);
    process.stdout.write(
      `    ${path} : ${told(found)}${limited ? `, ${share(found, limitMs)}` : ''} ; première ${fr(cold.get(path) ?? 0)} ms, ${fr(bytes / 1024)} Kio\n`,
    );
  }
  const all = figuresOf(listed);
  const count = [...played.reads.values()].reduce((sum, { times }) => sum + times.length, 0);
  process.stdout.write(
    `    listes et tableaux de bord : ${told(all)}, ${share(all, limitMs)}\n` +
      `    ${fr(count / (elapsed / 1000), 0)} réponses/s, ${played.writes.length} écritures (${told(figuresOf(played.writes))}) ; serveur : mémoire de pointe ` +
      `${fr(peakRss / 1024 / 1024, 0)} Mo, ${fr(cpu * 100, 0)} % d’un cœur, plus longue attente ${fr(stallMs)} ms ; ceux qui demandent : ${fr(((user + system) / 1000 / elapsed) * 100, 0)} % d’un cœur\n`,
  );
}

/** In turn: somebody is put in charge of a requirement, somebody says something about one. */
function writeOf(campaigns: readonly string[], rank: number): Write {
  const campaign = `/api/campaigns/${campaigns[rank % campaigns.length]}`;
  return Math.floor(rank / campaigns.length) % 2 === 0
    ? {
        path: `${campaign}/assignments`,
        body: { requirements: [decodeURIComponent(REQUIREMENT)], change: { owner: `Personne ${rank}` } },
        written: (text) => text.includes('"refused":[]'),
      }
    : {
        path: `${campaign}/requirements/${REQUIREMENT}/remarks`,
        body: { kind: 'commentaire', text: `Écriture ${rank}` },
        written: (text) => text.includes(`"Écriture ${rank}"`),
      };
}

function told({ p50, p95, max }: Figures): string {
  return `p50 ${fr(p50)} ms, p95 ${fr(p95)} ms, max ${fr(max)} ms`;
}

function share({ p95 }: Figures, limitMs: number): string {
  return `p95 = ${fr(p95 / limitMs, 2)} de la limite de ${limitMs} ms`;
}

async function figures(child: ChildProcess): Promise<ServerFigures> {
  const answer = heard<ServerFigures>(child);
  child.send('figures');
  return answer;
}

function heard<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`le serveur du banc s’est arrêté (${code})`));
    child.once('exit', gone);
    child.once('message', (message) => {
      child.off('exit', gone);
      resolve(message as Message);
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', multiple: true, default: Object.keys(LIMIT_MS) },
      'without-memory': { type: 'boolean', default: false },
      seconds: { type: 'string', default: String(SECONDS) },
      'cpu-prof': { type: 'string' },
    },
  });
  const stores = values.store.filter((name): name is Store => Object.hasOwn(LIMIT_MS, name));
  if (stores.length < values.store.length) throw new TypeError(`--store : ${Object.keys(LIMIT_MS).join(' ou ')}`);
  const remembers = !values['without-memory'];
  await benchTracker({ stores, seconds: Number(values.seconds), remembers, profiles: values['cpu-prof'] });
}
