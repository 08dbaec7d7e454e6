export { createAccounts, type Accounts, type AccountsDeps } from './accounts.ts';
export { displayName } from './names.ts';
export { coveredProfessions, professionName } from './professions.ts';
export type { Account, AccountAnswer, AccountEmail, AccountEvent, NewAccount } from './types.ts';
