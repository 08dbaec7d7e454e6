import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../tracker-ui/', import.meta.url));

/**
 * The pages, built by vite when they are missing or older than their sources: a fraction of a second, so that nobody
 * has a build step to remember.
 *
 * @returns the folder to serve
 */
export async function buildTrackerUi(): Promise<string> {
  const dist = join(SOURCE, 'dist');
  const index = join(dist, 'index.html');
  if (!existsSync(index) || newest(SOURCE) > statSync(index).mtimeMs) {
    const { build } = await import('vite');
    await build({ root: SOURCE, logLevel: 'silent', configFile: join(SOURCE, 'vite.config.ts') });
  }
  return dist;
}

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && !entry.parentPath.includes(join(folder, 'dist')) && !entry.name.includes('.test.'),
    )
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}
