import { join } from 'node:path';
import { writeWhole } from '#evidence/index.ts';
import { renderJunit } from './junit/index.ts';
import { renderPage } from './page/index.ts';
import { renderReadme } from './readme/index.ts';
import type { ReportInput } from './types.ts';

export interface ReportTarget extends ReportInput {
  /** Folder of the run; made if needed. */
  readonly runDir: string;
}

/**
 * Writes what a person and a CI server read of a run, beside its pieces: `index.html`, `junit.xml`, `LISEZMOI.txt`
 * (UTF-8). Each file is whole or absent; a second call replaces them.
 *
 * @throws the error of the file system when the folder cannot be written
 */
export async function writeReports({ runDir, ...input }: ReportTarget): Promise<void> {
  await writeWhole(join(runDir, 'junit.xml'), renderJunit(input.run));
  await writeWhole(join(runDir, 'LISEZMOI.txt'), renderReadme(input.run));
  // Last: whoever sees the page sees the whole report.
  await writeWhole(join(runDir, 'index.html'), renderPage(input));
}
