import { readZip } from '#formats/zip/index.ts';
import type { ExportedFile } from './types.ts';

const LIMITS = { maxEntries: 20_000, maxTotalBytes: 512 * 1024 * 1024 } as const;

export interface ExportOpening {
  readonly files: readonly ExportedFile[];
  /** French: archives and entries that could not be opened. */
  readonly problems: readonly string[];
}

/** The files of an export, those of its archives in their place; an archive inside an archive is a file. */
export async function openExport(given: readonly ExportedFile[]): Promise<ExportOpening> {
  const files: ExportedFile[] = [];
  const problems: string[] = [];
  for (const file of given) {
    if (!/\.zip$/iu.test(file.path)) {
      files.push(file);
      continue;
    }
    const reading = await readZip(file.bytes, LIMITS);
    if (!reading.ok) {
      problems.push(`${file.path} : ${reading.fault.message}`);
      continue;
    }
    files.push(...reading.entries.map(({ name, bytes }) => ({ path: name, bytes })));
    problems.push(...reading.problems.map(({ where, message }) => `${file.path}, ${where} : ${message}`));
  }
  return { files, problems };
}
