export { VaultError, type VaultCode } from './errors.ts';
export { folderVault } from './folder.ts';
export { scanVault, type Scan, type ScanProblem } from './scan.ts';
export type { Bytes, Leftover, Sealed, Vault } from './types.ts';
