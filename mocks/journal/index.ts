export { createJournal } from './create-journal.ts';
export { JournalTimeout } from './errors.ts';
export { explainMissing } from './explain-missing.ts';
export { matches } from './matches.ts';
export { mergeJournals, type JournalPart } from './merge-folders.ts';
export { readJournal, type JournalProblem, type JournalReading } from './read-folder.ts';
export type { BodySpool, Journal, JournalQuery } from './types.ts';
