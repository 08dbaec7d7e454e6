export { checkQuotes, quoteVerdict } from './check.ts';
export { readQuoteFile } from './read/file.ts';
export { quoteTemplate } from './read/template.ts';
export { DOCUMENT_FIELDS, LINE_COLUMNS } from './read/columns.ts';
export { readQuoteJson } from './read/json.ts';
export { CONTROLS, RULES } from './rules.ts';
export { CATEGORIES, KINDS, PAYERS, PIECES, SENTENCES, SIGNATURES } from './vocabulary.ts';
export type {
  DocumentKind,
  LineCategory,
  Locate,
  Payer,
  QuoteAcceptance,
  QuoteControl,
  QuoteDocument,
  QuoteJudgement,
  QuoteLine,
  QuoteOptions,
  QuoteReading,
  QuoteRule,
  QuoteSubject,
  SignatureKind,
  WindowAnswer,
} from './types.ts';
