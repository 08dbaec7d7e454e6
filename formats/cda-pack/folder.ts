import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackFiles } from '#formats/schematron/index.ts';
import type { PackIdentity } from './types.ts';

/** Parts of a pack that judge; a clone holds examples and programs beside them. */
const PARTS = ['infrastructure', 'jeuxDeValeurs', 'schematrons'] as const;
const JUDGING = /\.(?:sch|xsd|xml|rdf|dtd)$/i;
const MAX_FILES = 50_000;

export interface PackFolder extends PackFiles {
  /** Every file, sorted. */
  readonly paths: readonly string[];
  readonly identity: () => PackIdentity;
}

/**
 * Opens a folder that holds a CI-SIS content pack. Every name is listed once: what is not in the list cannot be opened, so
 * that no path leaves the pack. Links are not followed.
 *
 * @throws when the folder cannot be read
 */
export function openFolder(directory: string): PackFolder {
  const root = PARTS.some((part) => isDirectory(join(directory, part))) ? directory : join(directory, 'pack');
  const paths = PARTS.flatMap((part) => (isDirectory(join(root, part)) ? listed(root, part) : [])).sort();
  const known = new Set(paths);
  const byLowerCase = new Map(paths.map((path) => [path.toLowerCase(), path]));
  const read = (path: string): Uint8Array => readFileSync(join(root, path));
  let identity: PackIdentity | undefined;
  return {
    paths,
    find: (path) => (known.has(path) ? path : byLowerCase.get(path.toLowerCase())),
    read,
    identity() {
      if (identity !== undefined) return identity;
      const judging = paths.filter((path) => JUDGING.test(path));
      const whole = createHash('sha256');
      for (const path of judging) whole.update(`${path}\0${createHash('sha256').update(read(path)).digest('hex')}\n`);
      identity = { sha256: whole.digest('hex'), files: judging.length };
      return identity;
    },
  };
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function listed(root: string, folder: string): readonly string[] {
  const found: string[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const entry of readdirSync(join(root, next), { withFileTypes: true })) {
      const path = `${next}/${entry.name}`;
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) found.push(path);
      if (found.length > MAX_FILES) throw new Error(`plus de ${MAX_FILES} fichiers : ce dossier n’est pas un pack`);
    }
  return found;
}
