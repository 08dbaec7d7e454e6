import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { XdmEntry, XdmFault, XdmLimits, XdmProblem } from './types.ts';

export type ZipReading =
  | { readonly ok: true; readonly entries: readonly XdmEntry[]; readonly problems: readonly XdmProblem[] }
  | { readonly ok: false; readonly fault: XdmFault };

const RATIO_FLOOR = 4 * 1024 * 1024;

/**
 * Reads the files of a zip in memory, bounded before anything is inflated. Folders are left out. An entry that is
 * encrypted, doubled or whose name leaves the archive is reported and left out.
 */
export async function readZip(zip: Uint8Array, limits: XdmLimits): Promise<ZipReading> {
  const maxEntries = limits.maxEntries ?? 500;
  const maxTotalBytes = limits.maxTotalBytes ?? 128 * 1024 * 1024;
  const maxRatio = limits.maxRatio ?? 200;
  if (zip.length === 0) return refuse('XDM_EMPTY', 'L’archive est vide.');
  let file: ZipFile;
  try {
    const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    file = await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    return refuse('XDM_NOT_A_ZIP', `Ce n’est pas une archive ZIP lisible (${reason(error)}).`);
  }
  if (file.entryCount > maxEntries) {
    return refuse('XDM_TOO_MANY_ENTRIES', `L’archive annonce ${file.entryCount} entrées (maximum ${maxEntries}).`);
  }
  const entries = new Map<string, XdmEntry>();
  const problems: XdmProblem[] = [];
  let total = 0;
  try {
    for await (const entry of file.eachEntry()) {
      const name = nameOf(entry);
      if (name.endsWith('/')) continue;
      total += entry.uncompressedSize;
      if (total > maxTotalBytes) {
        return refuse('XDM_TOO_LARGE', `Le contenu décompressé dépasse ${maxTotalBytes} octets.`);
      }
      if (entry.uncompressedSize > RATIO_FLOOR && entry.uncompressedSize > maxRatio * entry.compressedSize) {
        return refuse('XDM_RATIO', `L’entrée ${name} a un taux de compression anormal (plus de ${maxRatio}).`);
      }
      const problem = refusalOf(entry, name, entries);
      if (problem) {
        problems.push(problem);
        continue;
      }
      try {
        entries.set(name, { name, bytes: await readEntry(file, entry) });
      } catch (error) {
        problems.push({
          code: 'XDM_ENTRY_UNREADABLE',
          where: name,
          message: `Cette entrée ne peut pas être décompressée (${reason(error)}).`,
        });
      }
    }
  } catch (error) {
    return refuse('XDM_NOT_A_ZIP', `Le répertoire de l’archive est endommagé (${reason(error)}).`);
  }
  return { ok: true, entries: [...entries.values()], problems };
}

function refusalOf(entry: Entry, name: string, seen: ReadonlyMap<string, XdmEntry>): XdmProblem | undefined {
  if (/[\\\0]|^\/|^[A-Za-z]:|(^|\/)\.\.?(\/|$)/.test(name)) {
    return {
      code: 'XDM_ENTRY_PATH',
      where: name,
      message: 'Ce nom d’entrée sort de l’archive ou utilise un séparateur interdit.',
    };
  }
  if (entry.isEncrypted()) {
    return { code: 'XDM_ENTRY_ENCRYPTED', where: name, message: 'Cette entrée est chiffrée par mot de passe.' };
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return {
      code: 'XDM_ENTRY_METHOD',
      where: name,
      message: `Méthode de compression ${entry.compressionMethod} : seules « stored » et « deflate » sont admises.`,
    };
  }
  if (seen.has(name)) {
    return {
      code: 'XDM_ENTRY_DUPLICATE',
      where: name,
      message: 'Deux entrées portent ce nom ; la seconde est ignorée.',
    };
  }
  return undefined;
}

async function readEntry(file: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await file.openReadStreamPromise(entry);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `decodeStrings: false` gives bytes: yauzl would otherwise throw at the first bad name and hide the others. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  return raw.toString((entry.generalPurposeBitFlag & 0x800) === 0 ? 'latin1' : 'utf8');
}

function refuse(code: XdmFault['code'], message: string): ZipReading {
  return { ok: false, fault: { code, message } };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
