export { createInsiClient } from './client.ts';
export { createInsiJournal, type InsiCall, type InsiJournal } from './journal.ts';
export { searchIns, type InsiDeps, type SearchOrder, type SearchResult } from './search.ts';
export type { InsiClient, InsiMode, VitaleCard } from './types.ts';
export { createVerifyReceived, verifyPatients, type VerifyOrder, type VerifyResult } from './verify.ts';
