import data from './columns.json' with { type: 'json' };
import { fold } from '../words.ts';

export type Form =
  | 'text'
  | 'texts'
  | 'list'
  | 'dsr'
  | 'kind'
  | 'payer'
  | 'category'
  | 'signature'
  | 'date'
  | 'euros'
  | 'rate'
  | 'count'
  | 'wave'
  | 'flag'
  | 'acceptance'
  | 'reserves'
  | 'amendment';

/** A field of the document or a column of its lines, as people title it. */
export interface QuoteColumn {
  readonly field: string;
  readonly title: string;
  readonly form: Form;
  /** What the template shows. */
  readonly example: string;
  readonly aliases: readonly string[];
}

export const DOCUMENT_FIELDS = data.document as readonly QuoteColumn[];
export const LINE_COLUMNS = data.lines as readonly QuoteColumn[];

/** The column that a title names, whatever its case, accents, and what follows a colon or a star. */
export function columnOf(columns: readonly QuoteColumn[], title: string): QuoteColumn | undefined {
  const name = fold(title).replace(/\s*[:*]+$/u, '');
  return columns.find((column) => [column.title, column.field, ...column.aliases].some((one) => fold(one) === name));
}
