import { readFile } from 'node:fs/promises';
import type { MockProfile, StartMocksOptions } from '#mocks/index.ts';

/** Options of a command that starts the simulated services. */
export interface MockOptions {
  readonly mockProfile?: MockProfile;
  /** File of settings of INSi. */
  readonly insi?: string;
  /** File of settings of the DMP. */
  readonly dmp?: string;
}

/**
 * What these options set in the simulated services.
 *
 * @throws {BenchError} `INSI_OPTIONS` or `DMP_OPTIONS` when a file does not hold settings of its service; system errors
 *   when it cannot be read
 */
export async function mockSettings({
  mockProfile,
  insi,
  dmp,
}: MockOptions): Promise<Pick<StartMocksOptions, 'profile' | 'insi' | 'dmp'>> {
  const profile = mockProfile === undefined ? {} : { profile: mockProfile };
  if (insi === undefined && dmp === undefined) return profile;
  // The services are heavy to load: only who gives a file waits for them here.
  const { readDmpOptions, readInsiOptions } = await import('#mocks/index.ts');
  return {
    ...profile,
    ...(insi !== undefined && { insi: readInsiOptions(await readFile(insi, 'utf8'), insi) }),
    ...(dmp !== undefined && { dmp: readDmpOptions(await readFile(dmp, 'utf8'), dmp) }),
  };
}
