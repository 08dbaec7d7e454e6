import type { Limits } from '../judge/index.ts';
import { isSafeName } from './names.ts';

/** A file that a request announces. */
export interface AnnouncedPiece {
  readonly name: string;
  readonly sha256: string;
}

/** A file that the zip holds. */
export interface HeldPiece extends AnnouncedPiece {
  readonly bytes: number;
}

export type ZipProblemCode =
  | 'ASP_ZIP_NAME'
  | 'ASP_ZIP_NAME_TWICE'
  | 'ASP_ZIP_MISSING'
  | 'ASP_ZIP_DIGEST'
  | 'ASP_ZIP_UNANNOUNCED'
  | 'ASP_ZIP_EMPTY'
  | 'ASP_ZIP_PIECE_SIZE'
  | 'ASP_ZIP_SIZE';

export interface ZipProblem {
  readonly code: ZipProblemCode;
  /** Name of the file; empty for the zip as a whole. */
  readonly name: string;
  readonly received: string;
  readonly expected: string;
}

/** Compares a zip with what its request announces: every file there, by its digest, none more, names and sizes safe. */
export function checkZip(
  held: readonly HeldPiece[],
  announced: readonly AnnouncedPiece[],
  limits: Limits,
): readonly ZipProblem[] {
  const problems: ZipProblem[] = [];
  const add = (code: ZipProblemCode, name: string, received: string, expected: string): void => {
    problems.push({ code, name, received, expected });
  };
  const seen = new Set<string>();
  let total = 0;
  for (const { name, bytes } of held) {
    total += bytes;
    if (!isSafeName(name)) add('ASP_ZIP_NAME', name, name, 'un nom simple : lettres, chiffres, . _ -');
    const key = name.toLowerCase();
    if (seen.has(key)) add('ASP_ZIP_NAME_TWICE', name, 'deux fois le même nom', 'un nom par fichier');
    seen.add(key);
    if (bytes === 0) add('ASP_ZIP_EMPTY', name, '0 octet', 'un document');
    if (bytes > limits.pieceBytes) {
      add('ASP_ZIP_PIECE_SIZE', name, `${bytes} octets`, `${limits.pieceBytes} octets au plus`);
    }
    if (!announced.some((one) => one.name === name)) {
      add('ASP_ZIP_UNANNOUNCED', name, 'un fichier que la demande n’annonce pas', 'les seules pièces annoncées');
    }
  }
  for (const { name, sha256 } of announced) {
    const found = held.find((one) => one.name === name);
    if (found === undefined) add('ASP_ZIP_MISSING', name, 'rien', 'la pièce annoncée');
    else if (found.sha256 !== sha256) add('ASP_ZIP_DIGEST', name, found.sha256, sha256);
  }
  if (total > limits.totalBytes) add('ASP_ZIP_SIZE', '', `${total} octets`, `${limits.totalBytes} octets au plus`);
  return problems;
}
