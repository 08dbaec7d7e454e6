import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The table of the house: who may import whom. `steps` and `cli` meet everybody and are not in it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  formats: [],
  dsr: ['formats'],
  checks: ['dsr', 'formats'],
  mocks: ['dsr', 'formats'],
  sut: ['dsr'],
  'sut/reference-sgl': [],
  evidence: ['dsr', 'formats'],
  tracker: ['dsr', 'evidence'],
  reports: ['dsr', 'formats', 'evidence', 'tracker'],
  'tracker-ui': ['tracker'],
};
const ROOMS = [
  'formats',
  'dsr',
  'checks',
  'mocks',
  'sut',
  'evidence',
  'tracker',
  'reports',
  'steps',
  'cli',
  'tracker-ui',
];

/** Lints a tree where every room tries to import every other, by alias and by relative path. */
function refusedFiles(): ReadonlySet<string> {
  const tree = mkdtempSync(join(tmpdir(), 'jalon-frontieres-'));
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
  for (const room of Object.keys(MAY_IMPORT)) {
    const up = '../'.repeat(room.split('/').length + 1);
    mkdirSync(join(tree, room, 'a'), { recursive: true });
    for (const other of ROOMS) {
      writeFileSync(join(tree, room, 'a', `alias-${other}.ts`), `export { x } from '#${other}/b/index.ts';\n`);
      writeFileSync(join(tree, room, 'a', `path-${other}.ts`), `export { x } from '${up}${other}/b/index.ts';\n`);
    }
  }
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '.'],
    {
      cwd: tree,
      encoding: 'utf8',
    },
  );
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string; filename: string }[] };
  return new Set(
    diagnostics
      .filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename }) => filename.replaceAll('\\', '/').replace(/^.*?jalon-frontieres-[^/]+\//, '')),
  );
}

describe('import boundaries of the house', () => {
  const refused = refusedFiles();

  it.each(Object.entries(MAY_IMPORT))('%s may import only %j', (room, allowed) => {
    const home = room.split('/')[0] ?? room;
    for (const other of ROOMS) {
      // A room may reach itself; the reference SGL may not reach its own room either.
      const may = allowed.includes(other) || (other === home && room === home);
      for (const way of ['alias', 'path']) {
        const file = `${room}/a/${way}-${other}.ts`;
        expect({ file, refused: refused.has(file) }).toEqual({ file, refused: !may });
      }
    }
  });
});
