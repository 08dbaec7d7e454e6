/** A column of a terminal table. */
export interface TableColumn {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Fewest characters it may be cut to when the terminal is narrow; without it, it is never cut. */
  readonly least?: number;
  /** Columns of a lower number are cut first; 0 by default. */
  readonly worth?: number;
}

const GAP = '  ';
const ELLIPSIS = '…';
const LEAST_WIDTH = 40;
const SEGMENTER = new Intl.Segmenter('fr');

/** Characters of a line: those of the terminal, of `COLUMNS` when the output goes elsewhere, else 80. */
export function terminalWidth(): number {
  const width = process.stdout.columns || Number(process.env['COLUMNS']);
  return Number.isInteger(width) && width > 0 ? Math.max(LEAST_WIDTH, width) : 80;
}

/**
 * Text that stays on its line: a workbook may hold line breaks, and sequences that drive a terminal.
 *
 * @returns the text with each run of blanks and control characters as one space, without invisible characters
 */
export function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * A table whose lines hold within a width: columns are cut in the order of their worth.
 *
 * @returns the header and one line per row; only longer than the width when no column may be cut further
 */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const cells = [columns.map(({ header }) => header), ...rows].map((row) =>
    columns.map((_, index) => oneLine(row[index] ?? '')),
  );
  const widths = columns.map((_, index) => cells.reduce((most, row) => Math.max(most, length(row[index] ?? '')), 0));
  let excess = widths.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1) - width;
  const byWorth = columns
    .map(({ least = Infinity, worth = 0 }, index) => ({ least, worth, index }))
    .toSorted((left, right) => left.worth - right.worth);
  for (const { least, index } of byWorth) {
    const own = widths[index] ?? 0;
    const taken = Math.min(Math.max(0, excess), Math.max(0, own - least));
    widths[index] = own - taken;
    excess -= taken;
  }
  return cells.map((row) =>
    row
      .map((cell, index) => pad(cut(cell, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align))
      .join(GAP)
      .trimEnd(),
  );
}

/** Stands for a space that no line ends at. */
const GLUE = '\uE000';
/** Inside a number, and before its unit. */
const IN_NUMBER = /(?<=\d) (?=\d{3}(?!\d)|[€%])|(?<=[€%]) (?=(?:HT|TTC)\b)|(?<=\d) (?=(?:euros?|jours?|j)\b)/gu;

/** The words that a line may end after; unbreakable spaces are kept within them. */
function wordsOf(text: string): readonly string[] {
  return oneLine(text.replaceAll(/[\u00A0\u202F]/gu, GLUE))
    .replaceAll(IN_NUMBER, GLUE)
    .split(' ')
    .map((word) => word.replaceAll(GLUE, ' '));
}

/**
 * A paragraph cut between words, never inside a number nor before its unit.
 *
 * @param first what stands before the first line; the following ones are indented as far
 * @returns lines within the width, save for a word that is longer by itself
 */
export function wrap(text: string, width: number, first = ''): readonly string[] {
  const indent = ' '.repeat(length(first));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of wordsOf(text)) {
    if (!empty && length(line) + 1 + length(word) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = empty ? `${line}${word}` : `${line} ${word}`;
    }
    empty = false;
  }
  return [...lines, line.trimEnd()];
}

function cut(text: string, width: number): string {
  if (length(text) <= width) return text;
  return `${charactersOf(text)
    .slice(0, Math.max(0, width - 1))
    .join('')}${ELLIPSIS}`;
}

function pad(text: string, width: number, align: TableColumn['align'] = 'left'): string {
  const blank = ' '.repeat(Math.max(0, width - length(text)));
  return align === 'right' ? `${blank}${text}` : `${text}${blank}`;
}

/** Characters as a reader counts them. */
function length(text: string): number {
  // Nearly every cell: one code unit is then one character, without asking the segmenter.
  return /^[\u0020-\u02FF\u2010-\u2027]*$/.test(text) ? text.length : charactersOf(text).length;
}

function charactersOf(text: string): readonly string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
