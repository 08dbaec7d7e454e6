import { readFile } from 'node:fs/promises';
import type { CodeLists } from '#checks/xds/index.ts';
import type { MockProfile, StartMocksOptions } from '#mocks/index.ts';

/** Options of a command that starts the simulated services. */
export interface MockOptions {
  readonly mockProfile?: MockProfile;
  /** File of settings of INSi. */
  readonly insi?: string;
  /** File of settings of the DMP. */
  readonly dmp?: string;
  /** File, or folder of files, of the value sets of the XDS metadata. */
  readonly codes?: string;
  /** File of settings of the public extraction of the directory. */
  readonly extraction?: string;
}

export interface MockSettings extends Pick<StartMocksOptions, 'profile' | 'insi' | 'dmp' | 'annuaire'> {
  /** The value sets that the simulated DMP and the checks hold the metadata to, when the user gave his. */
  readonly codes?: CodeLists;
}

async function codesFrom(path: string): Promise<CodeLists> {
  const { readCodeFiles } = await import('./check-files/index.ts');
  return readCodeFiles(path);
}

/**
 * What these options set in the simulated services.
 *
 * @throws {BenchError} `INSI_OPTIONS`, `DMP_OPTIONS` or `EXTRACTION_OPTIONS` when a file does not hold settings of its
 *   service; {CliError} `CHECK_CODES_INVALID` when value sets are not; system errors when it cannot be read
 */
export async function mockSettings({ mockProfile, insi, dmp, codes, extraction }: MockOptions): Promise<MockSettings> {
  const profile = mockProfile === undefined ? {} : { profile: mockProfile };
  if ([insi, dmp, codes, extraction].every((file) => file === undefined)) return profile;
  // The services are heavy to load: only who gives a file waits for them here.
  const { readDmpOptions, readExtractionOptions, readInsiOptions } = await import('#mocks/index.ts');
  const own = dmp === undefined ? undefined : readDmpOptions(await readFile(dmp, 'utf8'), dmp);
  const lists = codes === undefined ? undefined : await codesFrom(codes);
  return {
    ...profile,
    ...(insi !== undefined && { insi: readInsiOptions(await readFile(insi, 'utf8'), insi) }),
    ...((own ?? lists) !== undefined && { dmp: { ...own, ...(lists !== undefined && { codes: lists }) } }),
    ...(lists !== undefined && { codes: lists }),
    ...(extraction !== undefined && {
      annuaire: { extraction: readExtractionOptions(await readFile(extraction, 'utf8'), extraction) },
    }),
  };
}
