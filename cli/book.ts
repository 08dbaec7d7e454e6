import { resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import type { Tracker } from '#tracker/store/index.ts';
import { CliError } from './errors.ts';
import { hasTracker, openTrackerOf } from './tracker.ts';

/**
 * Reads the book of orders of a working folder; nothing is made in a folder that has none.
 *
 * @throws {CliError} `BOOK_EMPTY` when the folder keeps no order
 */
export async function readBook<T>(dataDir: string, read: (tracker: Tracker) => Promise<T>): Promise<T> {
  const folder = resolve(dataDir);
  const empty = (): CliError =>
    new CliError(
      'BOOK_EMPTY',
      EXIT.usage,
      `Le dossier ${folder} ne garde aucun bon de commande.`,
      'Importez vos bons : npm run jalon -- orders import FICHIER (modèle : orders template --out bons.xlsx).',
    );
  if (!hasTracker(folder)) throw empty();
  const tracker = await openTrackerOf(folder);
  try {
    if ((await tracker.orders()).length === 0) throw empty();
    return await read(tracker);
  } finally {
    await tracker.close();
  }
}
