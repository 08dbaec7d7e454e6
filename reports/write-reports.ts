import { join } from 'node:path';
import { writeWhole } from '#evidence/index.ts';
import { renderJunit } from './junit/index.ts';
import { renderSummary } from './markdown/index.ts';
import { renderPage } from './page/index.ts';
import { renderReadme } from './readme/index.ts';
import { renderTraceability, traceRows, traceSheet, type WhyNotPlayed } from './traceability/index.ts';
import type { ReportInput } from './types.ts';

export interface ReportTarget extends ReportInput {
  /** Folder of the run; made if needed. */
  readonly runDir: string;
  /** Why slots are not played, from the coverage of the suite. */
  readonly whyNotPlayed?: WhyNotPlayed;
}

/**
 * Writes what a person and a CI server read of a run, beside its pieces: `index.html`, `junit.xml`, `LISEZMOI.txt`, `resume.md`,
 * `tracabilite.csv`, `tracabilite.html` (UTF-8). Each file is whole or absent; a second call replaces them.
 *
 * @throws the error of the file system when the folder cannot be written
 */
export async function writeReports({ runDir, whyNotPlayed, ...input }: ReportTarget): Promise<void> {
  await writeWhole(join(runDir, 'junit.xml'), renderJunit(input.run));
  await writeWhole(join(runDir, 'LISEZMOI.txt'), renderReadme(input.run));
  await writeWhole(join(runDir, 'resume.md'), renderSummary(input.run));
  const rows = traceRows(input, whyNotPlayed);
  await writeWhole(join(runDir, 'tracabilite.csv'), (await traceSheet('csv', rows)).bytes);
  await writeWhole(join(runDir, 'tracabilite.html'), renderTraceability(input, rows));
  // Last: whoever sees the page sees the whole report.
  await writeWhole(join(runDir, 'index.html'), renderPage(input));
}
