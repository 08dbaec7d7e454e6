import { join } from 'node:path';
import { folderVault, VAULT, type Vault } from '#evidence/vault/index.ts';

/** The vault of a working folder. */
export function vaultOf(dataDir: string): Vault {
  return folderVault(join(dataDir, VAULT));
}
