import type { XlsxSheet } from '#formats/xlsx/index.ts';

import { meaningOf } from './header.ts';
import type { Field } from './header.ts';

export interface Column {
  /** 0-based index in the row. */
  readonly index: number;
  /** Header as the workbook writes it. */
  readonly header: string;
}

export interface ProofPair {
  readonly id?: Column;
  readonly text?: Column;
}

export interface Table {
  readonly sheet: XlsxSheet;
  /** 0-based index of the header row. */
  readonly headerRow: number;
  readonly layout: string;
  readonly fields: ReadonlyMap<Field, Column>;
  /** In the order of their numbers. */
  readonly pairs: readonly ProofPair[];
}

export type TableSearch =
  | { readonly found: true; readonly table: Table }
  /** Headers of the row that looked most like a header row. */
  | { readonly found: false; readonly headers: readonly string[] };

/** A title, a legend and a date may stand above the header row; a whole page does not. */
const HEADER_ROWS = 40;

/** Headers without which a sheet is no REM, in the words of the official layouts. */
export const EXPECTED_HEADERS: readonly string[] = [
  'N° exigence (ou ID)',
  'N° scénario',
  'N° preuve 1 (ou N° preuve)',
  'Preuve 1 (ou Preuve)',
];

interface Candidate {
  readonly sheet: XlsxSheet;
  readonly headerRow: number;
  readonly fields: ReadonlyMap<Field, Column>;
  readonly pairs: ReadonlyMap<number, { id?: Column; text?: Column }>;
  readonly score: number;
}

/**
 * Finds the table of requirements in a workbook: the sheet and the row whose cells mean most as REM headers.
 * Columns are known by the text of their header, never by their place.
 */
export function findTable(sheets: readonly XlsxSheet[]): TableSearch {
  let best: Candidate | undefined;
  for (const sheet of sheets) {
    for (let row = 0; row < Math.min(sheet.rows.length, HEADER_ROWS); row += 1) {
      const candidate = readHeaders(sheet, row);
      if (candidate.score > (best?.score ?? 0)) best = candidate;
    }
  }
  if (best === undefined || !isRem(best)) {
    const row = best === undefined ? firstFilledRow(sheets) : best.sheet.rows[best.headerRow];
    return { found: false, headers: (row ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '') };
  }
  return {
    found: true,
    table: {
      sheet: best.sheet,
      headerRow: best.headerRow,
      layout: layoutOf(best),
      fields: best.fields,
      pairs: [...best.pairs.entries()].sort(([left], [right]) => left - right).map(([, pair]) => pair),
    },
  };
}

function readHeaders(sheet: XlsxSheet, headerRow: number): Candidate {
  const fields = new Map<Field, Column>();
  const pairs = new Map<number, { id?: Column; text?: Column }>();
  const unnumbered = { id: 0, text: 0 };
  let score = 0;
  for (const [index, cell] of (sheet.rows[headerRow] ?? []).entries()) {
    const meaning = meaningOf(cell);
    if (meaning === undefined) continue;
    const column = { index, header: cell.trim() };
    if ('field' in meaning) {
      if (fields.has(meaning.field)) continue;
      fields.set(meaning.field, column);
      score += 1;
      continue;
    }
    // Pairs without number follow one another: the second "N° preuve" goes with the second "Preuve".
    const { part } = meaning.pair;
    const rank = meaning.pair.rank === 0 ? (unnumbered[part] += 1) / 1000 : meaning.pair.rank;
    const pair = pairs.get(rank) ?? {};
    if (pair[part] !== undefined) continue;
    pair[part] = column;
    pairs.set(rank, pair);
    score += 1;
  }
  return { sheet, headerRow, fields, pairs, score };
}

function isRem(candidate: Candidate): boolean {
  return (
    candidate.fields.has('requirementId') &&
    candidate.fields.has('scenarioId') &&
    [...candidate.pairs.values()].some((pair) => pair.id !== undefined)
  );
}

/** The name of the layout tells the user what was recognised; reading does not depend on it. */
function layoutOf(candidate: Candidate): string {
  const numbered = [...candidate.pairs.keys()].some((rank) => rank >= 1);
  if (!numbered) return 'convergence';
  return candidate.fields.has('sectionId') || candidate.fields.has('conditional') ? 'rem-wave1' : 'rem-wave2';
}

function firstFilledRow(sheets: readonly XlsxSheet[]): readonly string[] | undefined {
  return sheets.flatMap((sheet) => sheet.rows).find((row) => row.some((cell) => cell.trim() !== ''));
}
