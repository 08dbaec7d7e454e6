/** `jalon asp avance` of ten thousand orders, each with its signed order, against its limits of time and memory. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finessKey, luhnKey } from '#formats/identifiers/index.ts';
import { measured, shares } from './measured.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ORDERS = 10_000;
const LIMIT = { seconds: 10, megabytes: 500 } as const;
const ROUNDS = 3;

const siret = (rank: number): string => keyed(`0000000${String(rank).padStart(6, '0')}`, luhnKey);
const finess = (rank: number): string => keyed(`99${String(rank).padStart(6, '0')}`, finessKey);

function keyed(digits: string, key: (digits: string) => string | undefined): string {
  return `${digits}${key(digits) ?? ''}`;
}

interface Answer {
  readonly files: readonly string[];
}

/** Prints figures and their share of the limits; asserts nothing. */
export async function benchAsp(): Promise<void> {
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
    const command = ['asp', 'avance', '--at', '2022-11-29', '--vendor', vendor];
    const files = ['--data', join(data, 'donnees'), '--orders', join(data, 'bons.json'), '--out', join(data, 'sortie')];
    const { seconds, peaks, answer } = await measured<Answer>([...command, ...files]);
    process.stdout.write(
      `  tour ${round} : ${answer.files.length} fichiers, ${shares(seconds, Math.max(...peaks), LIMIT)}\n`,
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
