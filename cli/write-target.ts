import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

/**
 * Where a command may write a file, asked before anything is made.
 *
 * @param file as the user typed it
 * @returns absolute path
 * @throws {CliError} when its folder does not exist, when it is no file, or when it exists and `force` is not set
 */
export function writeTarget(file: string, force: boolean): string {
  const out = resolve(file);
  const refuse = (message: string, remedy: string, code = 'USAGE'): never => {
    throw new CliError(code, EXIT.usage, message, remedy);
  };
  const folder = statSync(dirname(out), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) {
    refuse(`Le dossier « ${dirname(out)} » n’existe pas.`, 'Créez-le, ou donnez un autre chemin avec --out.');
  }
  const target = statSync(out, { throwIfNoEntry: false });
  if (target === undefined) return out;
  if (!target.isFile()) refuse(`« ${file} » existe et n’est pas un fichier.`, 'Donnez un autre chemin avec --out.');
  if (!force) {
    refuse(
      `« ${file} » existe déjà.`,
      'Donnez un autre nom avec --out, ou --force pour le remplacer.',
      'FICHIER_EXISTANT',
    );
  }
  return out;
}
