import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

/** SQLite holds a lock of the system, which ends with the process, however it ends: a number in a file would outlive it. */
const NAME = 'suivi.serveur';

/**
 * Takes the tracker of a folder for one server: two of them would each keep answers and send each change twice.
 *
 * @param dataDir working folder, which exists
 * @returns gives it back
 * @throws {CliError} `TRACKER_SERVED` when another server has it
 */
export function takeTracker(dataDir: string): () => void {
  const lock = new DatabaseSync(join(dataDir, NAME), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode=exclusive; BEGIN EXCLUSIVE;');
  } catch (cause) {
    lock.close();
    throw new CliError(
      'TRACKER_SERVED',
      EXIT.configuration,
      `Un autre serveur tient déjà le suivi du dossier ${dataDir}.`,
      'Ouvrez celui-là, arrêtez-le, ou servez un autre dossier avec --data.',
      { cause },
    );
  }
  return () => lock.close();
}
