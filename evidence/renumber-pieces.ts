import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pieceFile, SHEETS, writeSheets } from './piece-files.ts';
import type { Piece } from './types.ts';

/** A piece as a collector filed it. */
export interface FiledPiece {
  readonly piece: Piece;
  /** Taken out of its slot since: its number stays taken, there is no file any more. */
  readonly withdrawn: boolean;
}

interface Move {
  readonly from: Piece;
  readonly to: Piece;
  readonly aside: string;
}

/**
 * Gives the pieces of a run folder, filed by several collectors at the same time, the numbers that one collector would
 * have given them in this order. Sheets are written again, since they name the file; the pieces are only renamed.
 *
 * @param filed every piece that was filed in the run, in order
 * @returns the new piece by the path of the old one, for those that moved
 */
export async function renumberPieces(
  runDir: string,
  filed: readonly FiledPiece[],
): Promise<ReadonlyMap<string, Piece>> {
  const taken = new Map<string, number>();
  const moves: Move[] = [];
  for (const { piece, withdrawn } of filed) {
    const number = (taken.get(piece.slot) ?? 0) + 1;
    taken.set(piece.slot, number);
    const file = pieceFile(number, piece.provenance.file.replace(/^\d+-/, ''));
    if (withdrawn || file === piece.provenance.file) continue;
    const path = `${dirname(piece.path)}/${file}`;
    const to = { ...piece, path, provenance: { ...piece.provenance, file } };
    moves.push({ from: piece, to, aside: join(runDir, `${path}.${randomUUID()}.part`) });
  }
  // All aside first: the new name of one may be the old name of another.
  await Promise.all(
    moves.map(async ({ from, aside }) => {
      await rename(join(runDir, from.path), aside);
      for (const suffix of SHEETS) await rm(join(runDir, `${from.path}${suffix}`), { force: true });
    }),
  );
  await Promise.all(
    moves.map(async ({ to, aside }) => {
      await rename(aside, join(runDir, to.path));
      await writeSheets(runDir, to.path, to.provenance);
    }),
  );
  return new Map(moves.map(({ from, to }) => [from.path, to]));
}
