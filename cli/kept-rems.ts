import { readFile } from 'node:fs/promises';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseRem, serialiseRem, toImportReport, type Category, type Rem, type Wave } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';

/** One import, as the log of the data folder keeps it. */
export interface KeptImport {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly category: Category;
  readonly wave: Wave;
  readonly sha256: string;
  /** Name of the workbook. */
  readonly source: string;
  /** Name of the kept file in the folder `rem`. */
  readonly file: string;
  readonly requirements: number;
  readonly scenarios: number;
  readonly proofs: number;
}

const LOG = 'imports.jsonl';

/**
 * Keeps a Rem in the data folder, and writes its import in the log beside it. The same workbook imported twice is one
 * file and two lines.
 *
 * @param dataDir taken by the caller (`takeDataFolder`)
 * @returns path of the kept file
 */
export async function keepRem(dataDir: string, rem: Rem, at: Date): Promise<string> {
  const file = `${rem.category}-${rem.wave}-${rem.sha256.slice(0, 12)}.json`;
  const path = join(dataDir, 'rem', file);
  await writeWhole(path, serialiseRem(rem));
  const { requirements, scenarios, proofs } = toImportReport(rem, []);
  const { category, wave, sha256, source } = rem;
  const line: KeptImport = {
    at: at.toISOString(),
    category,
    wave,
    sha256,
    source,
    file,
    requirements,
    scenarios,
    proofs,
  };
  appendFileSync(join(dataDir, 'rem', LOG), `${JSON.stringify(line)}\n`);
  return path;
}

/** Imports of a data folder, oldest first; a line that a crash cut short is left out. */
export function keptImports(dataDir: string): readonly KeptImport[] {
  const path = join(dataDir, 'rem', LOG);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const entry = JSON.parse(line) as KeptImport;
        return typeof entry.file === 'string' && entry.file === basename(entry.file) ? [entry] : [];
      } catch {
        return [];
      }
    });
}

/** Where the Rem of an import is kept. */
export const keptPath = (dataDir: string, entry: KeptImport): string => join(dataDir, 'rem', entry.file);

/** The Rem that was imported last for a couloir and wave; undefined when none was, or when its file is gone or damaged. */
export async function lastKept(
  dataDir: string,
  category: Category,
  wave: Wave,
): Promise<{ readonly rem: Rem; readonly path: string; readonly entry: KeptImport } | undefined> {
  const entry = keptImports(dataDir).findLast((one) => one.category === category && one.wave === wave);
  if (entry === undefined) return undefined;
  const path = keptPath(dataDir, entry);
  try {
    return { rem: parseRem(await readFile(path, 'utf8')), path, entry };
  } catch {
    return undefined;
  }
}
