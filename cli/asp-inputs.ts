import { InvalidArgumentError } from 'commander';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
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

/**
 * Reads the file of an attachment, beside the list that names it; a file beyond the bound is only measured. Small files by
 * the ten thousand: a call that waits costs less than a promise for each.
 *
 * @param base folder of the list
 */
export function readPiece(base: string, path: string, maxBytes: number): PieceBytes {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK a pipe would be waited for before it can be refused.
    file = openSync(resolve(base, path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
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
    const { code = 'cause inconnue' } = error as NodeJS.ErrnoException;
    return { ok: false, detail: WORDS[code] ?? `lecture impossible (${code})` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'aucun fichier à ce chemin',
  ENOTDIR: 'aucun fichier à ce chemin',
  EISDIR: 'ce n’est pas un fichier',
  EACCES: 'accès refusé',
  EPERM: 'accès refusé',
};

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?$/u;

/** A moment of Paris: `2022-11-29` (noon) or `2022-11-29T10:00`. */
export function parseMoment(value: string): Date {
  const wrong = new InvalidArgumentError(`Moment invalide : ${value}. Écrivez 2022-11-29 ou 2022-11-29T10:00 (Paris).`);
  if (!MOMENT.test(value)) throw wrong;
  const text = value.length === 10 ? `${value}T12:00` : value.replace(' ', 'T');
  try {
    const moment = Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime('Europe/Paris');
    return new Date(moment.epochMilliseconds);
  } catch {
    throw wrong;
  }
}
