import { readFile } from 'node:fs/promises';
import type { MockProfile, StartMocksOptions } from '#mocks/index.ts';

/** Options of a command that starts the simulated services. */
export interface MockOptions {
  readonly mockProfile?: MockProfile;
  /** File of settings of INSi. */
  readonly insi?: string;
  /** File of settings of the DMP. */
  readonly dmp?: string;
  /** File of settings of the public extraction of the directory. */
  readonly extraction?: string;
}

/**
 * What these options set in the simulated services.
 *
 * @throws {BenchError} `INSI_OPTIONS`, `DMP_OPTIONS` or `EXTRACTION_OPTIONS` when a file does not hold settings of its
 *   service; system errors when it cannot be read
 */
export async function mockSettings({
  mockProfile,
  insi,
  dmp,
  extraction,
}: MockOptions): Promise<Pick<StartMocksOptions, 'profile' | 'insi' | 'dmp' | 'annuaire'>> {
  const profile = mockProfile === undefined ? {} : { profile: mockProfile };
  if (insi === undefined && dmp === undefined && extraction === undefined) return profile;
  // The services are heavy to load: only who gives a file waits for them here.
  const { readDmpOptions, readExtractionOptions, readInsiOptions } = await import('#mocks/index.ts');
  return {
    ...profile,
    ...(insi !== undefined && { insi: readInsiOptions(await readFile(insi, 'utf8'), insi) }),
    ...(dmp !== undefined && { dmp: readDmpOptions(await readFile(dmp, 'utf8'), dmp) }),
    ...(extraction !== undefined && {
      annuaire: { extraction: readExtractionOptions(await readFile(extraction, 'utf8'), extraction) },
    }),
  };
}
