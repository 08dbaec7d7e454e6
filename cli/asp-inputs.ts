import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { readFiness, readRpps, readSiret } from '#formats/identifiers/index.ts';
import type { IdentifierReader } from '#tracker/orders/index.ts';
import type { IdentifierKind, PieceBytes } from '#tracker/asp/index.ts';

const READERS = { siret: readSiret, finess: readFiness, rpps: readRpps } as const;

/** What is wrong in an identifier, in French; absent when it is right. */
export function identifierProblem(kind: IdentifierKind, value: string): string | undefined {
  const reading = READERS[kind](value);
  return reading.ok ? undefined : reading.message.replace(/\.$/u, '');
}

/** Keeps wrong identifiers as typed: the rules of a request refuse them along with all the rest. */
export const keepWrong: IdentifierReader = (kind, text) => {
  const reading = READERS[kind](text);
  return { ok: true, value: reading.ok ? reading.value : text.trim() };
};

/** Reads the file of an attachment; a file beyond the bound is only measured. */
export type PieceReader = (path: string, maxBytes: number) => PieceBytes;

/**
 * Reads attachments beside the list that names them, and nothing else: a list may come from somebody else, and what it
 * names goes to the ASP. Small files by the ten thousand: a call that waits costs less than a promise for each.
 *
 * @param base folder of the pieces; neither a path nor a symbolic link leads out of it
 */
export function pieceReader(base: string): PieceReader {
  let root: string | undefined;
  return (path, maxBytes) => {
    const wanted = resolve(base, path);
    if (!isWithin(base, wanted)) return OUTSIDE;
    let real: string;
    try {
      root ??= realpathSync.native(base);
      real = realpathSync.native(wanted);
    } catch (error) {
      return { ok: false, detail: wordsOf(error) };
    }
    return isWithin(root, real) ? readFileAt(real, maxBytes) : OUTSIDE;
  };
}

const OUTSIDE: PieceBytes = { ok: false, detail: 'elle est hors du dossier des pièces', outside: true };

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** @param path real: what it leads to is the file itself */
function readFileAt(path: string, maxBytes: number): PieceBytes {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK a pipe would be waited for before it can be refused.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    const stats = fstatSync(file);
    if (!stats.isFile()) return { ok: false, detail: 'ce n’est pas un fichier' };
    if (stats.size > maxBytes) return { ok: true, content: undefined, bytes: stats.size };
    const content = new Uint8Array(stats.size);
    let length = 0;
    while (length < content.length) {
      const bytesRead = readSync(file, content, length, content.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { ok: true, content: content.subarray(0, length) };
  } catch (error) {
    return { ok: false, detail: wordsOf(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function wordsOf(error: unknown): string {
  const { code = 'cause inconnue' } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? `lecture impossible (${code})`;
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'aucun fichier à ce chemin',
  ENOTDIR: 'aucun fichier à ce chemin',
  EISDIR: 'ce n’est pas un fichier',
  EACCES: 'accès refusé',
  EPERM: 'accès refusé',
  ELOOP: 'lien symbolique sans fin',
};
