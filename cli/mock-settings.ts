import { readFile } from 'node:fs/promises';
import type { MockProfile, StartMocksOptions } from '#mocks/index.ts';

/** Options of a command that starts the simulated services. */
export interface MockOptions {
  readonly mockProfile?: MockProfile;
  /** File of settings of INSi. */
  readonly insi?: string;
}

/**
 * What these options set in the simulated services.
 *
 * @throws {BenchError} `INSI_OPTIONS` when the file does not hold settings of INSi; system errors when it cannot be read
 */
export async function mockSettings({
  mockProfile,
  insi,
}: MockOptions): Promise<Pick<StartMocksOptions, 'profile' | 'insi'>> {
  // The services are heavy to load: only who gives a file waits for them here.
  const given =
    insi === undefined ? undefined : (await import('#mocks/index.ts')).readInsiOptions(await readFile(insi, 'utf8'));
  return { ...(mockProfile !== undefined && { profile: mockProfile }), ...(given !== undefined && { insi: given }) };
}
