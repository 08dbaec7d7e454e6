export { authorise } from './authorisation.ts';
export type { DmpContext, Refused } from './call.ts';
export { classified, type DmpEntry } from './entries.ts';
export { feedDmp, type DmpAnswer } from './feed.ts';
export { queryDmp, quoted, type Found, type QuerySlot } from './search.ts';
export { REPOSITORY, retrieveDocument, type Retrieved } from './retrieve.ts';
export { testExistence, type ExistenceAnswer } from './existence-test.ts';
export { updateConfidentiality, updateStatus, type EntryStatus } from './update.ts';
export type { Verdict } from './answers.ts';
