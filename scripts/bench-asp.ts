/** `jalon asp avance` of ten thousand orders, each with its signed order, against its limits of time and memory. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finessKey, luhnKey } from '#formats/identifiers/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PRELOAD = new URL('./peak-memory.ts', import.meta.url).href;
const ORDERS = 10_000;
const LIMIT = { seconds: 10, megabytes: 500 } as const;
const ROUNDS = 3;

type Print = (value: number, digits?: number) => string;

const siret = (rank: number): string => keyed(`0000000${String(rank).padStart(6, '0')}`, luhnKey);
const finess = (rank: number): string => keyed(`99${String(rank).padStart(6, '0')}`, finessKey);

function keyed(digits: string, key: (digits: string) => string | undefined): string {
  return `${digits}${key(digits) ?? ''}`;
}

/** Prints figures and their share of the limits; asserts nothing. */
export async function benchAsp(fr: Print): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'jalon-bench-asp-'));
  const vendor = join(data, 'editeur.json');
  cpSync(join(ROOT, 'tracker/orders/vendor.example.json'), vendor);
  mkdirSync(join(data, 'pieces'));
  const orders = Array.from({ length: ORDERS }, (_, rank) => {
    writeFileSync(join(data, 'pieces', `${rank}.pdf`), `%PDF-1.4 bon ${rank}\n`.repeat(40));
    return anOrder(rank);
  });
  writeFileSync(join(data, 'bons.json'), JSON.stringify({ orders }));
  process.stdout.write(
    `jalon asp avance, ${ORDERS} bons, ${ROUNDS} tours (demandes déjà connues à partir du deuxième)\n`,
  );
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { seconds, megabytes, files } = await once(data, vendor);
    process.stdout.write(
      `  tour ${round} : ${files} fichiers, ${fr(seconds)} s (${fr(seconds / LIMIT.seconds, 2)} de la limite de ${LIMIT.seconds} s), ` +
        `mémoire de pointe ${fr(megabytes, 0)} Mo (${fr(megabytes / LIMIT.megabytes, 2)} de la limite de ${LIMIT.megabytes} Mo)\n`,
    );
  }
  rmSync(data, { recursive: true, force: true });
}

function anOrder(rank: number): object {
  return {
    number: `BC-${rank}`,
    client: { name: 'Laboratoire Pommeverte', siret: siret(1 + rank) },
    couloir: 'SGL',
    wave: '1',
    instance: `INST-${rank}`,
    sites: [finess(2 * rank), finess(2 * rank + 1)],
    product: { name: 'LaboExemple', version: '7.2' },
    amounts: { ht: '27450.00', vatRate: '20', ttc: '32940.00' },
    signedOn: '2022-02-01',
    signature: 'manuscrite',
    conditionalMention: true,
    stateMention: true,
    files: { order: `pieces/${rank}.pdf`, orderSigned: true },
  };
}

function once(data: string, vendor: string): Promise<{ seconds: number; megabytes: number; files: number }> {
  const memory = join(data, 'memoire');
  const args = ['asp', 'avance', '--json', '--data', join(data, 'donnees'), '--vendor', vendor];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['bin/jalon', ...args, '--orders', join(data, 'bons.json'), '--out', join(data, 'sortie'), '--at', '2022-11-29'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, JALON_PEAK_MEMORY: memory, NODE_OPTIONS: `--import=${PRELOAD}` },
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const kilobytes = readFileSync(memory, 'utf8').trim().split('\n').map(Number);
      rmSync(memory, { force: true });
      const { files } = JSON.parse(output) as { files: readonly string[] };
      resolve({ seconds, megabytes: Math.max(...kilobytes) / 1024, files: files.length });
    });
  });
}
