export { readCsvText, type CsvLimits } from './csv.ts';
export { readTables } from './read.ts';
export { readText } from './text.ts';
export type { TableFault, TableNote, TableNoteCode, TableRow, TablesReading, TextReading, TextTable } from './types.ts';
