export { createInsiClient, type AskInsi, type InsiOutcome } from './client.ts';
export { createInsiJournal, type InsiCall, type InsiJournal } from './journal.ts';
export { searchIns, type SearchResult } from './search.ts';
