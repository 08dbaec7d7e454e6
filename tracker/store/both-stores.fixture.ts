import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { TrackerPlace } from './index.ts';
import { startPostgres, WITHOUT_POSTGRES, type TestServer } from './postgres.fixture.ts';

/** A new empty tracker, each time. */
export type Places = () => Promise<TrackerPlace>;

const folder = (): string => mkdtempSync(join(tmpdir(), 'jalon-suivi-'));

/** The same tests on SQLite and on PostgreSQL; the second are skipped, with the reason, where there is no server. */
export function onBothStores(title: string, tests: (place: Places) => void): void {
  describe(`${title}, SQLite`, () => tests(async () => ({ dataDir: folder() })));
  const named = WITHOUT_POSTGRES === undefined ? `${title}, PostgreSQL` : `${title}, PostgreSQL : ${WITHOUT_POSTGRES}`;
  describe.skipIf(WITHOUT_POSTGRES !== undefined)(named, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());
    tests(async () => ({ dataDir: folder(), url: await server.database() }));
  });
}
