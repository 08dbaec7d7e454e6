/** Preloaded by the benchmark in every process of a run: leaves the peak memory of the process behind at its exit. */
import { appendFileSync } from 'node:fs';

const file = process.env['JALON_PEAK_MEMORY'];
if (file !== undefined) {
  process.on('exit', () => appendFileSync(file, `${process.resourceUsage().maxRSS}\n`));
}
