import { open } from 'node:fs/promises';
import { sizeInFrench } from '#formats/zip/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { unreadable } from './findings.ts';
import type { Outcome } from './types.ts';

const MIB = 1024 * 1024;
/** Largest file that is read at once. */
export const MAX_BYTES = 64 * MIB;

export type FileReading =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly outcome: Outcome };

/** Reads a whole file, up to a bound; whatever prevents it is a finding, never an exception. */
export async function readWhole(file: string, maxBytes: number = MAX_BYTES): Promise<FileReading> {
  try {
    await using handle = await open(file, 'r');
    const stats = await handle.stat();
    if (!stats.isFile()) return { ok: false, outcome: notAFile() };
    if (stats.size > maxBytes) return { ok: false, outcome: tooLarge(maxBytes) };
    if (stats.size === 0) return { ok: false, outcome: empty() };
    // Not beyond the size that was seen: a file that grows is read as it was.
    const bytes = new Uint8Array(stats.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { ok: true, bytes: bytes.subarray(0, length) };
  } catch (error) {
    return { ok: false, outcome: refusalOf(error) };
  }
}

/** The first bytes of a file, to tell what it is. */
export async function readHead(file: string, length = 4096): Promise<FileReading & { readonly size?: number }> {
  try {
    await using handle = await open(file, 'r');
    const stats = await handle.stat();
    if (!stats.isFile()) return { ok: false, outcome: notAFile() };
    if (stats.size === 0) return { ok: false, outcome: empty() };
    const bytes = new Uint8Array(Math.min(length, stats.size));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return { ok: true, bytes: bytes.subarray(0, bytesRead), size: stats.size };
  } catch (error) {
    return { ok: false, outcome: refusalOf(error) };
  }
}

export function tooLarge(maxBytes: number): Outcome {
  return unreadable(
    `plus de ${sizeInFrench(maxBytes)}`,
    `un fichier de ${sizeInFrench(maxBytes)} au plus`,
    'Découpez le fichier, ou vérifiez que c’est le bon.',
  );
}

function empty(): Outcome {
  return unreadable('un fichier vide', 'un contenu', 'Vérifiez l’export : rien n’a été écrit.');
}

function notAFile(): Outcome {
  return unreadable(
    'un dossier ou un périphérique',
    'un fichier',
    'Donnez le chemin d’un fichier, un par un.',
    EXIT.usage,
  );
}

function refusalOf(error: unknown): Outcome {
  const { code = '' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ELOOP':
    case 'ERR_INVALID_ARG_VALUE':
      return unreadable('aucun fichier à ce chemin', 'un fichier', 'Vérifiez le chemin.', EXIT.usage);
    case 'EISDIR':
      return notAFile();
    case 'EACCES':
    case 'EPERM':
      return unreadable(
        'accès refusé',
        'un fichier lisible',
        'Donnez-vous le droit de lire ce fichier.',
        EXIT.configuration,
      );
    default:
      return unreadable(
        `lecture impossible (${code || 'cause inconnue'})`,
        'un fichier lisible',
        'Copiez le fichier sur un disque local, puis relancez.',
        EXIT.configuration,
      );
  }
}
