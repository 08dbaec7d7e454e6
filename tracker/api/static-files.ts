import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Context } from 'hono';
import { TrackerServerError } from './errors.ts';
import { problem } from './problems/index.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** Names of vite's built files carry their hash. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

/**
 * Serves the built pages. The list of files is read once: a path that is not in it is a page of the application (no
 * extension) or does not exist, so that no request ever becomes a path on the disk.
 *
 * @throws {TrackerServerError} `PAGES_MISSING` when the folder holds no `index.html`
 */
export function staticFiles(uiDir: string): (context: Context) => Promise<Response> {
  const files = list(uiDir);
  const index = files.get('/index.html');
  if (index === undefined) {
    throw new TrackerServerError(
      'PAGES_MISSING',
      `Le dossier « ${uiDir} » ne contient pas les pages du suivi.`,
      'Relancez « npm run jalon -- serve » : les pages se construisent au démarrage.',
    );
  }
  return async (context) => {
    const { path } = context.req;
    const file = files.get(path) ?? (extname(path) === '' || path.startsWith('/exigences/') ? index : undefined);
    if (file === undefined) {
      throw problem('PAGE_INCONNUE', { path: path.slice(0, 200) });
    }
    return context.body(new Uint8Array(await readFile(file)), 200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  };
}

function list(folder: string): ReadonlyMap<string, string> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    return new Map(
      entries.map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [`/${relative(folder, file).split(sep).join('/')}`, file] as const;
      }),
    );
  } catch {
    return new Map();
  }
}
