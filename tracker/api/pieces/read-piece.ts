import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { StoredPiece } from '../../store/index.ts';
import { problem, Problem } from '../problems/index.ts';

/** A provenance sheet is one page of text. */
const MAX_SHEET_BYTES = 1_000_000;

/**
 * The bytes of a piece, if they are still those that were sealed.
 *
 * @throws {Problem} 404 `PIECE_ABSENTE` when the run folder no longer holds it, 409 `PIECE_MODIFIEE` when its
 * SHA-256 is no longer the one of its provenance
 */
export async function readPiece({ dir, piece }: StoredPiece): Promise<Uint8Array> {
  const file = await inside(dir, piece.path);
  const { size } = await stat(file);
  if (size === piece.provenance.size) {
    const bytes = await readFile(file);
    if (createHash('sha256').update(bytes).digest('hex') === piece.provenance.sha256) return bytes;
  }
  throw problem('PIECE_MODIFIEE', { file: piece.provenance.file });
}

/** The provenance sheet of a piece, as a person reads it (UTF-8 text). */
export async function readProvenance({ dir, piece }: StoredPiece): Promise<Uint8Array> {
  const file = await inside(dir, `${piece.path}.provenance.txt`);
  if ((await stat(file)).size > MAX_SHEET_BYTES) throw absent(piece.path);
  return readFile(file);
}

/** The store only knows paths that the bench wrote; a link put in the folder afterwards must not lead out of it. */
async function inside(dir: string, path: string): Promise<string> {
  try {
    const root = await realpath(dir);
    const file = await realpath(join(root, path));
    const way = relative(root, file);
    if (way === '' || isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`) || !(await stat(file)).isFile()) {
      throw absent(path);
    }
    return file;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw absent(path);
  }
}

function absent(path: string): Problem {
  return problem('PIECE_ABSENTE', { path });
}
