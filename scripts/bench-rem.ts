/**
 * Measures `jalon rem import` on a REM of 500 requirements against its limits: 2 s and 300 MB, the program's own start
 * included.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWorkbook } from '#formats/xlsx/index.ts';
import { measured, shares } from './measured.ts';

const LIMIT = { seconds: 2, megabytes: 300 } as const;
const REQUIREMENTS = 500;
const ROUNDS = 3;

const LEADING = (
  "Exigence conditionnelle OUI/NON|Profil|ID Section|Section|Bloc|Fonction|Nature de l'exigence|" +
  'N° exigence|Énoncé|N° scénario|Scénario de conformité'
).split('|');

/**
 * As dense as the published lists (126 requirements, 142 scenarios, 206 proofs in SGL wave 1), and as long: about 60 words
 * a statement, 150 a scenario, 15 a proof. No two texts are alike, where a real list repeats itself.
 */
async function workbook(): Promise<Uint8Array> {
  const pairs = Array.from({ length: 10 }, (_, index) => [`N° preuve ${index + 1}`, `Preuve ${index + 1}`]).flat();
  const words = (count: number, seed: number): string =>
    Array.from({ length: count }, (_, index) => `mot${(seed * 31 + index * 7) % 900}`).join(' ');
  const rows: string[][] = [];
  for (let number = 0; number < REQUIREMENTS; number += 1) {
    const id = `ZZZ/va1.${String(number).padStart(3, '0')}`;
    for (const scenario of number % 8 === 0 ? [`${id}.01`, `${id}.02`] : [`${id}.01`]) {
      const leading = ['NON', 'Général', 'ZZZ', 'Une section', 'Bloc', 'Fonction', 'EXIGENCE', id, words(60, number)];
      const proofs = (number % 2 === 0 ? [1, 2] : [1]).flatMap((rank) => [
        `${scenario}.0${rank}`,
        `Vidéo ${words(15, rank + number)}`,
      ]);
      rows.push([...leading, scenario, words(150, number + 1), ...proofs]);
    }
  }
  const columns = [...LEADING, ...pairs].map((header) => ({ header }));
  return writeWorkbook([{ name: 'Exigences', columns, rows }]);
}

/** Prints figures and their share of the limit. */
export async function benchRemImport(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'jalon-bench-rem-'));
  const file = join(data, 'rem.xlsx');
  writeFileSync(file, await workbook());
  process.stdout.write(`jalon rem import, ${REQUIREMENTS} exigences, ${ROUNDS} tours\n`);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const command = ['rem', 'import', file, '--category', 'ESSAI', '--wave', 'va1'];
    const { seconds, peaks } = await measured<unknown>([...command, '--data', join(data, `tour-${round}`)]);
    process.stdout.write(`  tour ${round} : ${shares(seconds, Math.max(...peaks), LIMIT)}\n`);
  }
  rmSync(data, { recursive: true, force: true });
}
