import { stat } from 'node:fs/promises';
import { openPack } from '#formats/cda-pack/index.ts';
import type { Pack } from '#formats/cda-pack/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';

/**
 * Opens the official pack that the user names.
 *
 * @throws {CliError} `CHECK_PACK_INVALID`: usage when there is no folder at the path, configuration when it is no pack
 */
export async function readPack(path: string): Promise<Pack> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory() !== true) throw wrong(EXIT.usage, path, 'ce dossier n’existe pas');
  const opening = tried(path);
  if (opening.ok) return opening.pack;
  throw wrong(EXIT.configuration, path, `il y manque ${opening.missing.join(', ')}`);
}

function tried(path: string): ReturnType<typeof openPack> {
  try {
    return openPack(path);
  } catch (error) {
    throw wrong(EXIT.configuration, path, error instanceof Error ? error.message : String(error));
  }
}

function wrong(code: number, path: string, what: string): CliError {
  return new CliError(
    'CHECK_PACK_INVALID',
    code,
    `Pack ${path} : ${what}.`,
    'Donnez la racine du pack CI-SIS de l’ANS, cloné ou décompressé : elle contient infrastructure, jeuxDeValeurs et schematrons.',
  );
}
