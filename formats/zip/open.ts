import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

import { causeInFrench, reasonOf } from './cause.ts';
import { sizeInFrench } from './size.ts';
import type { ZipFault, ZipFileEntry, ZipLimits, ZipOpening, ZipProblem } from './types.ts';

const RATIO_FLOOR = 4 * 1024 * 1024;

/**
 * Lists the files of a zip in memory, bounded before anything is inflated. Folders are left out. An entry that is
 * encrypted, doubled or whose name leaves the archive is reported and left out.
 *
 * @param zip bytes of the archive; they must stay as they are until the last `read`
 * @returns the files, to be inflated one by one, or the fault in French; never throws
 */
export async function openZip(zip: Uint8Array, limits: ZipLimits = {}): Promise<ZipOpening> {
  const maxEntries = limits.maxEntries ?? 500;
  const maxTotalBytes = limits.maxTotalBytes ?? 128 * 1024 * 1024;
  const maxRatio = limits.maxRatio ?? 200;
  if (zip.length === 0) return refuse('ZIP_EMPTY', 'L’archive est vide.');
  let file: ZipFile;
  try {
    const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    file = await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: true, autoClose: false });
  } catch (error) {
    return refuse('ZIP_NOT_A_ZIP', `Ce n’est pas une archive ZIP lisible (${causeInFrench(error)}).`, error);
  }
  if (file.entryCount > maxEntries) {
    return refuse('ZIP_TOO_MANY_ENTRIES', `L’archive annonce ${file.entryCount} entrées (maximum ${maxEntries}).`);
  }
  const files = new Map<string, ZipFileEntry>();
  const problems: ZipProblem[] = [];
  let total = 0;
  try {
    for await (const entry of file.eachEntry()) {
      const name = nameOf(entry);
      if (name.endsWith('/')) continue;
      const size = entry.uncompressedSize;
      total += size;
      if (total > maxTotalBytes) {
        return refuse('ZIP_TOO_LARGE', `Le contenu décompressé dépasse ${sizeInFrench(maxTotalBytes)}.`);
      }
      if (size > RATIO_FLOOR && size > maxRatio * entry.compressedSize) {
        return refuse('ZIP_RATIO', `L’entrée ${name} a un taux de compression anormal (plus de ${maxRatio}).`);
      }
      const problem = refusalOf(entry, name, files);
      if (problem) problems.push(problem);
      else files.set(name, { name, size, read: () => inflate(file, entry) });
    }
  } catch (error) {
    return refuse('ZIP_NOT_A_ZIP', `Cette archive ZIP ne peut pas être lue (${causeInFrench(error)}).`, error);
  }
  return { ok: true, files: [...files.values()], problems };
}

function refusalOf(entry: Entry, name: string, seen: ReadonlyMap<string, ZipFileEntry>): ZipProblem | undefined {
  if (/[\\\0]|^\/|^[A-Za-z]:|(^|\/)\.\.?(\/|$)/.test(name)) {
    return {
      code: 'ZIP_ENTRY_PATH',
      where: name,
      message: 'Ce nom d’entrée sort de l’archive ou utilise un séparateur interdit.',
    };
  }
  if (isLink(entry)) {
    return {
      code: 'ZIP_ENTRY_PATH',
      where: name,
      message: 'Cette entrée est un lien symbolique, qui mène hors de l’archive : mettez-y le fichier lui-même.',
    };
  }
  if (entry.isEncrypted()) {
    return { code: 'ZIP_ENTRY_ENCRYPTED', where: name, message: 'Cette entrée est chiffrée par mot de passe.' };
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return {
      code: 'ZIP_ENTRY_METHOD',
      where: name,
      message: `Méthode de compression ${entry.compressionMethod} : seules « stored » et « deflate » sont admises.`,
    };
  }
  if (seen.has(name)) {
    return {
      code: 'ZIP_ENTRY_DUPLICATE',
      where: name,
      message: 'Deux entrées portent ce nom ; la seconde est ignorée.',
    };
  }
  return undefined;
}

const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** The mode of the file, where the archive was made under Unix. */
function isLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  return versionMadeBy >>> 8 === UNIX && ((externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK;
}

async function inflate(file: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await file.openReadStreamPromise(entry);
  // The stream fails when it is longer or shorter than announced.
  const whole = Buffer.allocUnsafe(entry.uncompressedSize);
  let at = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  // yauzl leaves this to us: a receiver that unpacks the archive refuses the file.
  if (crc32(whole.subarray(0, at)) !== entry.crc32) throw new Error('crc32 mismatch');
  return whole.subarray(0, at);
}

/** `decodeStrings: false` gives bytes: yauzl would otherwise throw at the first bad name and hide the others. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  return raw.toString((entry.generalPurposeBitFlag & 0x800) === 0 ? 'latin1' : 'utf8');
}

function refuse(code: ZipFault['code'], message: string, cause?: unknown): ZipOpening {
  return { ok: false, fault: { code, message, ...(cause === undefined ? {} : { detail: reasonOf(cause) }) } };
}
