import type { TableRow, TablesReading, TextTable } from '#formats/table/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { QuoteDocument, QuoteReading } from '../types.ts';
import { columnOf, DOCUMENT_FIELDS, LINE_COLUMNS, type QuoteColumn } from './columns.ts';
import { readingFinding } from './findings.ts';
import { READERS } from './values.ts';

/** A header has the label and an amount at least: fewer may be a sentence that falls on an alias. */
const LEAST_KNOWN = 2;
/** Titles that a row of titles needs: which lines these are, and what they cost. */
const NEEDED = new Set(['label', 'ht']);
/** Titles, fields of the document and an address may stand above the lines. */
const HEADER_ROWS = 100;

type Places = Map<string, string>;

/**
 * Reads one document from a table: its fields above (title, value at its right), a row of titles, then its lines. In a
 * workbook the fields may stand on another sheet.
 *
 * @returns places are cells of the user's file: `feuille « Devis », cellule F12`
 */
export function readQuoteTables(reading: TablesReading): QuoteReading {
  if (!reading.ok) {
    const { message, remedy } = reading.fault;
    return { ok: false, findings: [readingFinding('QUOTE-READABLE', { where: 'fichier', received: message, remedy })] };
  }
  const found = findHeader(reading.tables);
  const findings: Finding[] = [];
  const places: Places = new Map();
  const above = reading.tables.map((table) => ({
    table,
    rows: table.rows.slice(0, found?.table === table ? found.index : HEADER_ROWS),
  }));
  const fields = readFields(above, places, findings);
  const lines = found === undefined ? [] : readRows(found, places, findings);
  if (found === undefined && fields['kind'] !== 'enrolment') {
    return { ok: false, findings: [headerMissing(reading.tables)] };
  }
  for (const { name, stopped } of reading.tables) {
    if (stopped === undefined) continue;
    const where = placeOf(name, stopped.row, undefined);
    const { message, remedy } = stopped;
    return { ok: false, findings: [readingFinding('QUOTE-READABLE', { where, received: message, remedy })] };
  }
  const document = { kind: 'quote', ...nest(fields), lines } as unknown as QuoteDocument;
  const sheet = found?.table.name ?? '';
  const whole = sheet === '' ? 'document' : `feuille « ${sheet} »`;
  return { ok: true, subjects: [{ document, locate: locator(places, whole) }], findings };
}

/** `acceptance/signedOn` becomes a field of `acceptance`. */
function nest(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const nested: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const [first = '', second] = name.split('/');
    nested[first] = second === undefined ? value : { ...(nested[first] as object | undefined), [second]: value };
  }
  return nested;
}

interface Header {
  readonly table: TextTable;
  readonly index: number;
  readonly columns: readonly (QuoteColumn | undefined)[];
}

function headersOf(tables: readonly TextTable[]): readonly Header[] {
  return tables.flatMap((table) =>
    table.rows.slice(0, HEADER_ROWS).map(({ cells }, index) => ({
      table,
      index,
      columns: cells.map((cell) => columnOf(LINE_COLUMNS, cell)),
    })),
  );
}

const fieldsOf = ({ columns }: Header): ReadonlySet<string> =>
  new Set(columns.flatMap((column) => (column === undefined ? [] : [column.field])));

function findHeader(tables: readonly TextTable[]): Header | undefined {
  return headersOf(tables).find((row) => fieldsOf(row).has('label') && fieldsOf(row).size >= LEAST_KNOWN);
}

/** What the file has instead of a row of titles: the row that is the nearest to one, and the titles that it lacks. */
function headerMissing(tables: readonly TextTable[]): Finding {
  const rows = headersOf(tables).filter(({ table, index }) => written(table, index).length > 0);
  const [nearest] = rows.toSorted((one, other) => fieldsOf(other).size - fieldsOf(one).size);
  if (nearest === undefined) {
    return readingFinding('QUOTE-READABLE', { where: 'ligne de titres', received: 'des titres absents' });
  }
  const { table, index } = nearest;
  const known = fieldsOf(nearest);
  const missing = LINE_COLUMNS.filter(({ field }) => NEEDED.has(field) && !known.has(field)).map(
    ({ title }) => `« ${title} »`,
  );
  const titles = written(table, index).join(', ').slice(0, 200);
  return readingFinding('QUOTE-READABLE', {
    where: known.size === 0 ? 'ligne de titres' : placeOf(table.name, table.rows[index]?.row, undefined),
    received: `${known.size === 0 ? 'aucun titre du modèle' : `des titres sans ${missing.join(' ni ')}`} : ${titles}`,
  });
}

const written = (table: TextTable, index: number): readonly string[] =>
  (table.rows[index]?.cells ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '');

function readFields(
  above: readonly { readonly table: TextTable; readonly rows: readonly TableRow[] }[],
  places: Places,
  findings: Finding[],
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const { table, rows } of above) {
    for (const { row, cells } of rows) {
      const column = columnOf(DOCUMENT_FIELDS, cells[0] ?? '');
      const text = (cells[1] ?? '').trim();
      if (column === undefined || text === '') continue;
      const where = `${placeOf(table.name, row, 1)} « ${(cells[0] ?? '').trim()} »`;
      const value = readCell(column, text, where, findings);
      if (value === undefined) continue;
      const before = fields[column.field];
      // A field that repeats adds to a list: one row by mention, by condition.
      const rank = Array.isArray(before) ? before.length : 0;
      if (Array.isArray(value)) {
        fields[column.field] = [...(Array.isArray(before) ? (before as readonly unknown[]) : []), ...value];
        for (const index of value.keys()) places.set(`/${column.field}/${rank + index}`, where);
      } else fields[column.field] = value;
      places.set(`/${column.field}`, where);
    }
  }
  return fields;
}

function readRows({ table, index, columns }: Header, places: Places, findings: Finding[]): readonly object[] {
  const header = table.rows[index];
  for (const [at, title] of (header?.cells ?? []).entries()) {
    if (title.trim() === '' || columns[at] !== undefined) continue;
    findings.push(
      readingFinding('QUOTE-COLUMN', { where: placeOf(table.name, header?.row, at), received: title.trim() }),
    );
  }
  const lines: object[] = [];
  for (const { row, cells } of table.rows.slice(index + 1)) {
    const line: Record<string, unknown> = {};
    const path = `/lines/${lines.length}`;
    for (const [at, column] of columns.entries()) {
      const text = (cells[at] ?? '').trim();
      if (column === undefined || column.field in line) continue;
      const where = `${placeOf(table.name, row, at)} « ${(header?.cells[at] ?? '').trim()} »`;
      places.set(`${path}/${column.field}`, where);
      const value = text === '' ? undefined : readCell(column, text, where, findings);
      if (value !== undefined) line[column.field] = value;
    }
    const filled = Object.keys(line);
    // Totals below the lines carry amounts and a word: they are no line.
    if (filled.length === 0 || isTotal(cells)) continue;
    places.set(path, placeOf(table.name, row, undefined));
    lines.push({ label: '', ...line });
  }
  return lines;
}

const isTotal = (cells: readonly string[]): boolean =>
  cells.some((cell) => /^\s*(?:sous-)?totaux?\b|^\s*(?:sous-)?total\b/iu.test(cell));

function readCell(column: QuoteColumn, text: string, where: string, findings: Finding[]): unknown {
  const { expected, read } = READERS[column.form];
  const value = read(text);
  if (value === undefined) {
    findings.push(readingFinding('QUOTE-VALUE', { where, received: text, expected: `${column.title} : ${expected}` }));
  }
  return value;
}

/** `feuille « Devis », cellule F12` in a workbook; `ligne 12, colonne F` in CSV. */
function placeOf(sheet: string, row: number | undefined, column: number | undefined): string {
  const letter = column === undefined ? '' : letterOf(column);
  if (sheet === '') return `ligne ${row ?? '?'}${letter === '' ? '' : `, colonne ${letter}`}`;
  return `feuille « ${sheet} », ${letter === '' ? `ligne ${row ?? '?'}` : `cellule ${letter}${row ?? '?'}`}`;
}

function letterOf(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26));
  return column < 26 ? rest : letterOf(Math.floor(column / 26) - 1) + rest;
}

/** The nearest place that the file has: of the value, else of its line, else the document. */
function locator(places: Places, whole: string): (path: string) => string {
  return (path) => {
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const place = places.get(at);
      if (place === undefined) continue;
      const field = at === path ? undefined : titleOf(path.slice(at.length + 1));
      return field === undefined ? place : `${place}, ${field}`;
    }
    const field = titleOf(path.slice(1)) ?? titleOf(path.split('/')[1] ?? '');
    return field === undefined ? whole : `${whole}, ${field}`;
  };
}

function titleOf(field: string): string | undefined {
  if (field === 'lines') return 'lignes';
  if (field === 'acceptance') return 'VA ou MOM';
  return [...LINE_COLUMNS, ...DOCUMENT_FIELDS].find((column) => column.field === field)?.title;
}
