import { causeInFrench, reasonOf } from './cause.ts';
import { openZip } from './open.ts';
import type { ZipEntry, ZipLimits, ZipProblem, ZipReading } from './types.ts';

/**
 * Reads every file of a zip in memory, under the bounds of `openZip`. An entry that cannot be inflated is reported and
 * left out.
 *
 * @param zip bytes of the archive
 * @returns the files in the order of the directory, or the fault in French; never throws
 */
export async function readZip(zip: Uint8Array, limits: ZipLimits = {}): Promise<ZipReading> {
  const archive = await openZip(zip, limits);
  if (!archive.ok) return archive;
  const entries: ZipEntry[] = [];
  const problems: ZipProblem[] = [...archive.problems];
  for (const file of archive.files) {
    try {
      entries.push({ name: file.name, bytes: await file.read() });
    } catch (error) {
      problems.push({
        code: 'ZIP_ENTRY_UNREADABLE',
        where: file.name,
        message: `Cette entrée ne peut pas être décompressée (${causeInFrench(error)}).`,
        detail: reasonOf(error),
      });
    }
  }
  return { ok: true, entries, problems };
}
