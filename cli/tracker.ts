import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tracker } from '#tracker/store/index.ts';

/** Holds the address of the database of a team, password included: a command line is read by others on the machine. */
const VARIABLE = 'JALON_DB';

/** The database that `--db` or the environment names; undefined when the tracker is in the working folder. */
function databaseUrl(): string | undefined {
  const url = process.env[VARIABLE]?.trim();
  return url === '' ? undefined : url;
}

/** Whether the tracker is in the database of a team. */
export function isShared(): boolean {
  return databaseUrl() !== undefined;
}

/** What `--db` names, for this command line and the processes that it starts. */
export function useDatabase(url: string): void {
  process.env[VARIABLE] = url;
}

/** Whether there is a tracker to open: a file of the folder that does not exist would be made by opening it. */
export function hasTracker(dataDir: string): boolean {
  return databaseUrl() !== undefined || existsSync(join(dataDir, 'suivi.sqlite'));
}

/**
 * Opens (or makes) the tracker of this command line.
 *
 * @param dataDir working folder, which exists
 * @throws {TrackerStoreError}
 */
export async function openTrackerOf(dataDir: string): Promise<Tracker> {
  // Loaded only where there is something to open.
  const { openTracker } = await import('#tracker/store/index.ts');
  const url = databaseUrl();
  return openTracker({ dataDir, ...(url === undefined ? {} : { url }) });
}
