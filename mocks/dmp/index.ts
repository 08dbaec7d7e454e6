export { readDmpOptions } from './read-options.ts';
export { startDmp, type DmpOptions, type RunningDmp } from './service.ts';
export { DMP_SITUATIONS, type DmpSituation } from './situations.ts';
export type { Deposit, DepositKind } from './deposit/types.ts';
export type { DmpRegistry, DmpStatus, StoredDocument } from './types.ts';
