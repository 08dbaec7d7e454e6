import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BenchError, messageOf } from '../errors.ts';
import { LAYOUT, type MadeFile, type Manifest } from './make.ts';

/** Reads what a PKI folder holds; undefined when there is none, or one of another layout or unreadable: to be remade. */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'pki.json');
  if (!existsSync(file)) return undefined;
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    return manifest.layout === LAYOUT ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a whole folder beside, then renames it into place: a killed start leaves the old one, or none, never half.
 * The folder and its files are readable by their owner only.
 * @throws {BenchError} `PKI_UNWRITABLE`
 */
export function replaceFolder(folder: string, files: readonly MadeFile[]): void {
  const mark = randomBytes(4).toString('hex');
  const fresh = `${folder}.new-${mark}`;
  const old = `${folder}.old-${mark}`;
  try {
    for (const { path, content } of files) {
      const target = join(fresh, path);
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      writeFileSync(target, content, { mode: 0o600, flush: true });
    }
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
    rmSync(old, { recursive: true, force: true });
    sweep(folder);
  } catch (error) {
    throw new BenchError(
      'PKI_UNWRITABLE',
      `Les certificats du banc ne peuvent pas être écrits dans ${folder} : ${messageOf(error)}`,
      'Vérifier les droits du dossier de données et la place libre, ou choisir un autre dossier avec --data.',
      { cause: error },
    );
  }
}

/** Removes what killed starts left beside the folder; called under the lock, hence nobody is writing there. */
function sweep(folder: string): void {
  const parent = dirname(folder);
  const prefix = `${basename(folder)}.`;
  for (const name of readdirSync(parent)) {
    if (/^(?:new|old)-[0-9a-f]{8}$/.test(name.slice(prefix.length)) && name.startsWith(prefix)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}
