import { join } from 'node:path';
import { folderVault, type Vault } from '#evidence/vault/index.ts';

/** Name of the vault in the working folder. */
const VAULT = 'coffre';

/** The vault of a working folder. */
export function vaultOf(dataDir: string): Vault {
  return folderVault(join(dataDir, VAULT));
}
