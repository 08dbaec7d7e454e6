export { VaultError, type VaultCode } from './errors.ts';
export { folderVault, VAULT } from './folder.ts';
export { scanVault, type Scan, type ScanProblem } from './scan.ts';
export type { Bytes, Leftover, Sealed, Vault } from './types.ts';
