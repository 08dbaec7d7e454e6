/**
 * The tracker at the scale of the issue: 20 campaigns, 100,000 pieces, 20 people at once while somebody writes. Lists and dashboard
 * under 50 ms at the 95th percentile with SQLite, 100 ms with PostgreSQL.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres, WITHOUT_POSTGRES } from '#tracker/store/postgres.fixture.ts';
import type { TrackerPlace } from '#tracker/store/index.ts';
import { fillTracker, SIZE } from './fill-tracker.ts';

const USERS = 20;
const SECONDS = 10;
const WRITE_EVERY_MS = 200;
const PERCENTILE = 0.95;

/** What a page asks for; `{campaign}` is each campaign in turn. */
const ROUTES = [
  '/api/campaigns/current',
  '/api/campaigns',
  '/api/campaigns/{campaign}',
  '/api/campaigns/{campaign}/requirements',
  '/api/campaigns/{campaign}/requirements?section=MSS',
  '/api/campaigns/{campaign}/requirements?q=identite&verdict=non-conforme',
  '/api/campaigns/{campaign}/requirements?state=a-revoir&limit=100',
  '/api/runs?limit=100',
  '/api/campaigns/{campaign}/requirements/INS%2Fva1.60',
] as const;

/** Whether the answer is a list or a dashboard: the limit is about those. */
const isListed = (route: string): boolean => !route.endsWith('60');

export async function benchTracker(): Promise<void> {
  process.stdout.write(
    `\nSuivi : ${SIZE.campaigns} campagnes × ${SIZE.requirements} exigences × ${SIZE.slots} preuves, ${SIZE.pieces} pièces, ${USERS} personnes, une écriture toutes les ${WRITE_EVERY_MS} ms\n`,
  );
  await benchStore('SQLite', { dataDir: mkdtempSync(join(tmpdir(), 'jalon-banc-')) }, 50);
  if (WITHOUT_POSTGRES !== undefined) {
    process.stdout.write(`  PostgreSQL : passé, ${WITHOUT_POSTGRES}\n`);
    return;
  }
  const postgres = await startPostgres();
  try {
    const dataDir = mkdtempSync(join(tmpdir(), 'jalon-banc-'));
    await benchStore('PostgreSQL', { dataDir, url: await postgres.database() }, 100);
  } finally {
    await postgres.stop();
  }
}

async function benchStore(name: string, place: TrackerPlace, limitMs: number): Promise<void> {
  const began = performance.now();
  await fillTracker(place, () => undefined);
  process.stdout.write(`  ${name}, rempli en ${seconds(performance.now() - began)}\n`);
  const uiDir = join(place.dataDir, 'pages');
  mkdirSync(uiDir);
  writeFileSync(join(uiDir, 'index.html'), '<!doctype html>');
  const child = fork(fileURLToPath(new URL('./bench-tracker-server.ts', import.meta.url)), [
    place.dataDir,
    uiDir,
    place.url ?? '',
  ]);
  try {
    const { url } = await heard<{ readonly url: string }>(child);
    await measure(url, limitMs);
    child.send('memory');
    const { rss } = await heard<{ readonly rss: number }>(child);
    process.stdout.write(`    mémoire du serveur : ${Math.round(rss / 1024 / 1024)} Mo\n`);
  } finally {
    child.disconnect();
    rmSync(place.dataDir, { recursive: true, force: true });
  }
}

async function measure(url: string, limitMs: number): Promise<void> {
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, url));
    if (!response.ok) throw new Error(`${path} : HTTP ${response.status}`);
    return response.json();
  };
  const cold = performance.now();
  await read('/api/campaigns/current');
  process.stdout.write(`    premier tableau de bord : ${ms(performance.now() - cold)}\n`);
  const { campaigns } = (await read('/api/campaigns')) as { readonly campaigns: readonly { readonly id: string }[] };
  const times = new Map<string, number[]>(ROUTES.map((route) => [route, []]));
  const until = performance.now() + SECONDS * 1000;
  let writes = 0;
  const writer = (async () => {
    while (performance.now() < until) {
      const { id } = campaigns[writes % campaigns.length] ?? { id: '' };
      const place = new URL(`/api/campaigns/${id}/requirements/INS%2Fva1.60/remarks`, url);
      const response = await fetch(place, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'commentaire', text: `Écriture ${writes}` }),
      });
      await response.arrayBuffer();
      writes += 1;
      await new Promise((resolve) => {
        setTimeout(resolve, WRITE_EVERY_MS);
      });
    }
  })();
  const users = Array.from({ length: USERS }, async (_, user) => {
    for (let turn = user; performance.now() < until; turn += 1) {
      const route = ROUTES[turn % ROUTES.length] ?? ROUTES[0];
      const { id } = campaigns[(turn * 7 + user) % campaigns.length] ?? { id: '' };
      const start = performance.now();
      await (await fetch(new URL(route.replace('{campaign}', id), url))).arrayBuffer();
      times.get(route)?.push(performance.now() - start);
    }
  });
  await Promise.all([...users, writer]);
  const all: number[] = [];
  for (const [route, taken] of times) {
    if (isListed(route)) all.push(...taken);
    process.stdout.write(`    ${route} : ${figures(taken)}\n`);
  }
  const p95 = at(all, PERCENTILE);
  process.stdout.write(
    `    listes et tableaux de bord : ${figures(all)}, ${Math.round(all.length / SECONDS)} réponses/s ; p95 = ${Math.round((p95 / limitMs) * 100)} % de la limite (${limitMs} ms) ; ${writes} écritures\n`,
  );
}

function figures(taken: readonly number[]): string {
  return `p50 ${ms(at(taken, 0.5))}, p95 ${ms(at(taken, PERCENTILE))}, max ${ms(at(taken, 1))}`;
}

function at(taken: readonly number[], share: number): number {
  const sorted = taken.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(1).replace('.', ',')} ms`;
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(1).replace('.', ',')} s`;
}

function heard<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code) => reject(new Error(`le serveur du banc s’est arrêté (${code})`)));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchTracker();
