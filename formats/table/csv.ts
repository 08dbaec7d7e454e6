import { CsvError, parse } from 'csv-parse/sync';
import type { TableFault, TableRow, TextTable } from './types.ts';

/** Bounds on a file that nobody has vouched for: ten thousand orders of forty columns are far below. */
export interface CsvLimits {
  /** Characters of a record; default 64 Ki. */
  readonly maxRecord?: number;
  /** Default 60 000. */
  readonly maxRows?: number;
  /** Over all rows; default 2 000 000. */
  readonly maxCells?: number;
  /** The one to read with; what the file says of itself, or the one that the first row has most of, when absent. */
  readonly separator?: string;
}

const SEPARATORS = [';', ',', '\t'] as const;
/** A line that spreadsheet programs write and read for themselves: it says the separator and is no row of the table. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?(?:\n|$)/iu;

class Stop extends Error {
  readonly fault: TableFault;
  constructor(fault: TableFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/**
 * Reads CSV as people save it: RFC 4180 with semicolon, comma or tab, the one that the first row has most of. Rows keep
 * their own length. A reading that must stop gives the rows before, and why.
 */
export function readCsvText(text: string, limits: CsvLimits = {}): TextTable {
  const { maxRecord = 64 * 1024, maxRows = 60_000, maxCells = 2_000_000 } = limits;
  const [told = '', given] = SEPARATOR_LINE.exec(text) ?? [];
  const body = text.slice(told.length);
  const before = told === '' ? 0 : 1;
  const rows: TableRow[] = [];
  const separator = given ?? limits.separator ?? separatorOf(body);
  let cells = 0;
  try {
    parse(body, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: maxRecord,
      on_record: (record: readonly string[]) => {
        cells += record.length;
        const row = rows.length + 1 + before;
        if (rows.length === maxRows || cells > maxCells) throw new Stop(tooMany(row));
        rows.push({ row, cells: record });
        return null;
      },
    });
  } catch (error) {
    return { name: '', rows, separator, stopped: faultOf(error, rows.length + 1 + before) };
  }
  return { name: '', rows, separator };
}

/** Separators within quotes count nowhere. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>(SEPARATORS.map((one) => [one, 0]));
  let quoted = false;
  for (const character of text.slice(0, 64 * 1024)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function tooMany(row: number): TableFault {
  return {
    code: 'TABLE_TOO_LARGE',
    row,
    message: `Ce fichier a trop de lignes ou de colonnes : la lecture s’arrête ligne ${row}.`,
    remedy: 'Découpez le fichier et importez chaque partie.',
  };
}

function faultOf(error: unknown, row: number): TableFault {
  if (error instanceof Stop) return error.fault;
  if (!(error instanceof CsvError)) throw error;
  if (error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return {
      code: 'TABLE_QUOTES',
      row,
      message: `La ligne ${row} ne finit pas : des guillemets y sont ouverts et jamais refermés.`,
      remedy: 'Refermez les guillemets, ou réenregistrez le fichier depuis le tableur.',
    };
  }
  return {
    code: 'TABLE_CSV',
    row,
    message: `La ligne ${row} ne se lit pas comme du CSV.`,
    remedy: 'Comparez-la aux lignes voisines (séparateurs, guillemets), ou réenregistrez le fichier depuis le tableur.',
  };
}
