export { createAccounts, displayName, type Accounts } from './accounts.ts';
export { createPsc, type Psc } from './psc.ts';
export { createSessions, type Session, type Sessions } from './sessions.ts';
