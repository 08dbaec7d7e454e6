import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { DmpOptions, MockProfile, ServiceSettings } from '#mocks/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { GivenCodes } from './check-files/index.ts';
import { CliError } from './errors.ts';
import { parseMockProfile, parsePath } from './options.ts';

/** Options of a command that starts the simulated services. */
export interface MockOptions {
  readonly mockProfile?: MockProfile;
  /** File of settings of INSi. */
  readonly insi?: string;
  /** File of settings of the DMP. */
  readonly dmp?: string;
  /** Lists of codes of the metadata: file, or folder of files. */
  readonly codes?: string;
  /** File of settings of the public extraction of the directory. */
  readonly extraction?: string;
}

const PROFILE_HELP =
  'services simulés : strict (par défaut), lenient (laisse passer ce que le vrai service laisse passer) ou documentation';
const CODES_HELP =
  'vos listes de codes des métadonnées XDS, pour le DMP simulé et pour les contrôles : fichier JSON, ou dossier de fichiers (format : checks/xds/README.md)';

/** Adds to a command the options that set the simulated services, the same wherever they start. */
export function withMockOptions(command: Command): Command {
  return command
    .option('--mock-profile <profil>', PROFILE_HELP, parseMockProfile)
    .option(
      '--insi <fichier>',
      'réglages d’INSi en JSON : noms des opérations, codes de défaut, numéros d’autorisation',
      parsePath,
    )
    .option(
      '--dmp <fichier>',
      'réglages du DMP en JSON : numéros d’homologation connus, matrice des droits, listes de codes',
      parsePath,
    )
    .option('--codes <chemin>', CODES_HELP, parsePath)
    .option(
      '--extraction <fichier>',
      'réglages de l’extraction publique de l’annuaire en JSON : titres des colonnes, âge du fichier, avarie',
      parsePath,
    );
}

/** What the options set: the services, and the checks that judge beside them. */
export interface GivenSettings {
  readonly mocks: ServiceSettings;
  /** Lists of codes given by `--codes`, or by `codes` of the file of `--dmp`: the simulated DMP has them too. */
  readonly codes?: GivenCodes;
}

/**
 * What these options set in the simulated services and in the checks.
 *
 * @throws {BenchError} `INSI_OPTIONS`, `DMP_OPTIONS` or `EXTRACTION_OPTIONS` when a file does not hold settings of its
 *   service; {CliError} `CHECK_CODES_INVALID` when lists of codes are wrong, `USAGE` when they are given twice; system errors
 *   when a file of settings cannot be read
 */
export async function mockSettings({ mockProfile, insi, dmp, codes, extraction }: MockOptions): Promise<GivenSettings> {
  const profile = mockProfile === undefined ? {} : { profile: mockProfile };
  if ([insi, dmp, codes, extraction].every((file) => file === undefined)) return { mocks: profile };
  // The services are heavy to load: only who gives a file waits for them here.
  const { readExtractionOptions, readInsiOptions } = await import('#mocks/index.ts');
  const settings = {
    ...profile,
    ...(insi !== undefined && { insi: readInsiOptions(await readFile(insi, 'utf8'), insi) }),
    ...(extraction !== undefined && {
      annuaire: { extraction: readExtractionOptions(await readFile(extraction, 'utf8'), extraction) },
    }),
  };
  const own = dmp === undefined ? {} : await dmpSettings(dmp);
  if (own.codes !== undefined && codes !== undefined) throw givenTwice(dmp ?? '', codes);
  const { readCodeFiles } = await import('./check-files/index.ts');
  const given = codes === undefined ? own.codes : await readCodeFiles(codes);
  if (own.options === undefined && given === undefined) return { mocks: settings };
  return {
    // What the checks admit and what the service takes are one thing.
    mocks: { ...settings, dmp: { ...own.options, ...(given && { codes: given.lists }) } },
    ...(given && { codes: given }),
  };
}

interface OwnSettings {
  readonly options?: DmpOptions;
  readonly codes?: GivenCodes;
}

/** The file of `--dmp`; the lists of codes that it holds are those of the checks too. */
async function dmpSettings(file: string): Promise<OwnSettings> {
  const bytes = await readFile(file);
  const { readDmpOptions } = await import('#mocks/index.ts');
  const options = readDmpOptions(bytes.toString('utf8'), file);
  if (options.codes === undefined) return { options };
  const [{ overriddenBy, readCodeLists, SHIPPED_CODES }, { fileOf }] = await Promise.all([
    import('#checks/xds/index.ts'),
    import('./check-files/index.ts'),
  ]);
  const reading = readCodeLists(options.codes);
  if (!reading.ok) {
    throw new CliError(
      'DMP_OPTIONS',
      EXIT.usage,
      `Les réglages du DMP (${file}) ne se lisent pas : /codes : ${reading.message}.`,
      'Suivez, pour « codes », le format de checks/xds/README.md.',
    );
  }
  return { options, codes: { lists: overriddenBy(SHIPPED_CODES, reading.lists), files: [fileOf(file, bytes)] } };
}

function givenTwice(dmp: string, codes: string): CliError {
  return new CliError(
    'USAGE',
    EXIT.usage,
    `Les listes de codes sont données deux fois : par --codes (${codes}) et par « codes » de --dmp (${dmp}).`,
    'Gardez l’un des deux ; l’un comme l’autre valent pour le DMP simulé et pour les contrôles.',
  );
}
