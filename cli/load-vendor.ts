import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import { readVendor, type Vendor } from '#tracker/orders/index.ts';
import { CliError } from './errors.ts';
import { readIdentifier } from './load-orders.ts';
import { textOf, valueOf } from './official-data.ts';

/** Name under which the vendor's file is found in the working folder without being named. */
const NAME = 'editeur.json';
const TEMPLATE = 'npm run jalon -- orders template --vendor --out editeur.json';

/**
 * The vendor of a command: the file given by `--vendor`, else `editeur.json` of the working folder.
 *
 * @returns undefined when no file is given and the working folder has none
 * @throws {CliError} `VENDOR_INVALID` with everything that is wrong in the file; system errors when it cannot be had
 */
export async function loadVendor(file: string | undefined, dataDir: string): Promise<Vendor | undefined> {
  const kept = join(dataDir, NAME);
  const path = file ?? (existsSync(kept) ? kept : undefined);
  if (path === undefined) return undefined;
  return valueOf(readVendor(await textOf(path), readIdentifier), 'VENDOR_INVALID', path, `écrit par « ${TEMPLATE} »`);
}

/** The same, for a command that cannot do without. */
export async function requireVendor(file: string | undefined, dataDir: string): Promise<Vendor> {
  const vendor = await loadVendor(file, dataDir);
  if (vendor !== undefined) return vendor;
  throw new CliError(
    'VENDOR_MISSING',
    EXIT.usage,
    `Aucun fichier de l’éditeur : ni --vendor, ni ${NAME} dans le dossier ${dataDir}.`,
    `Remplissez le modèle : ${TEMPLATE}, puis donnez-le par --vendor.`,
  );
}
