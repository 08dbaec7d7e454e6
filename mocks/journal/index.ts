export { createJournal } from './create-journal.ts';
export { JournalTimeout } from './errors.ts';
export { matches } from './matches.ts';
export type { Journal, JournalQuery } from './types.ts';
