import type { XlsxSheet } from '#formats/xlsx/index.ts';

import { headerMerges } from './header-merges.ts';
import type { HeaderMerges } from './header-merges.ts';
import { isBareStatus, meaningUnder } from './header.ts';
import type { Field } from './header.ts';
import { isPublicationStatus } from './values.ts';

export interface Column {
  /** 0-based index in the row. */
  readonly index: number;
  /** Header as the workbook writes it. */
  readonly header: string;
}

export interface ProofPair {
  /** Number in the header, the rank of the pair when its header has none. */
  readonly rank: number;
  readonly id?: Column;
  readonly text?: Column;
}

export interface Table {
  readonly sheet: XlsxSheet;
  /** 0-based index of the header row. */
  readonly headerRow: number;
  readonly layout: string;
  readonly fields: ReadonlyMap<Field, Column>;
  /** Columns beside the first that name requirements: a scenario of several requirements may have one column for each. */
  readonly otherRequirementIds: readonly Column[];
  /** In the order of their numbers. */
  readonly pairs: readonly ProofPair[];
  /** Headers that mean nothing to the reader, or that repeat one. */
  readonly ignored: readonly Column[];
}

export type TableSearch =
  | {
      readonly found: true;
      /** The richest first, the others in the order of the workbook. */
      readonly tables: readonly Table[];
      readonly otherSheets: readonly string[];
    }
  /** Headers of the row that looked most like a header row. */
  | { readonly found: false; readonly headers: readonly string[] };

/** Titles, legends and whole notices may stand above the header row; beyond this a sheet is something else. */
const HEADER_ROWS = 2000;

/** A legend may look like a header row: the real one is looked for a little further too. */
const ROWS_AFTER_FIRST = 40;

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
  /** Fields that the layout itself has, without those that `rem export` added. */
  readonly official: ReadonlySet<Field>;
  readonly otherRequirementIds: readonly Column[];
  readonly pairs: ReadonlyMap<number, { id?: Column; text?: Column }>;
  readonly ignored: readonly Column[];
  readonly score: number;
}

/**
 * Finds the tables of requirements in a workbook: in each sheet, the row whose cells mean most as REM headers.
 * Columns are known by the text of their header, never by their place.
 */
export function findTables(sheets: readonly XlsxSheet[]): TableSearch {
  const best = sheets.map(bestOf);
  const rems = best.filter((candidate) => candidate !== undefined).filter(isRem);
  if (rems.length === 0) {
    const [closest] = best.filter((one) => one !== undefined).sort((left, right) => right.score - left.score);
    const row =
      closest === undefined || closest.score === 0 ? firstFilledRow(sheets) : closest.sheet.rows[closest.headerRow];
    return { found: false, headers: (row ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '') };
  }
  const filled = rems.filter(hasRows);
  const richest = (filled.length > 0 ? filled : rems).reduce((left, right) =>
    right.score > left.score ? right : left,
  );
  const tables = [richest, ...rems.filter((one) => one !== richest)].map(toTable);
  const used = new Set(rems.map((one) => one.sheet));
  return {
    found: true,
    tables,
    otherSheets: sheets.filter((sheet) => !used.has(sheet)).map((sheet) => sheet.name),
  };
}

function hasRows(candidate: Candidate): boolean {
  const { sheet, headerRow } = candidate;
  return sheet.rows.some((cells, index) => index > headerRow && cells.some((cell) => cell.trim() !== ''));
}

function bestOf(sheet: XlsxSheet): Candidate | undefined {
  let best: Candidate | undefined;
  let last = Math.min(sheet.rows.length, HEADER_ROWS);
  let recognised = false;
  const merges = headerMerges(sheet, last);
  for (let row = 0; row < last; row += 1) {
    const candidate = readHeaders(sheet, row, merges);
    if (candidate.score > (best?.score ?? 0)) best = candidate;
    if (!recognised && isRem(candidate)) {
      recognised = true;
      last = Math.min(last, row + ROWS_AFTER_FIRST);
    }
  }
  return best;
}

function toTable(candidate: Candidate): Table {
  const found = withStatus(candidate);
  const pairs = [...found.pairs.entries()].sort(([left], [right]) => left - right);
  return {
    sheet: found.sheet,
    headerRow: found.headerRow,
    layout: layoutOf(found),
    fields: found.fields,
    otherRequirementIds: found.otherRequirementIds,
    pairs: pairs.map(([rank, pair], index) => ({ rank: Number.isInteger(rank) ? rank : index + 1, ...pair })),
    ignored: found.ignored,
  };
}

/** A column headed « Statut » is the publication status when that is what it holds, and nothing else is. */
function withStatus(found: Candidate): Candidate {
  if (found.fields.has('publicationStatus')) return found;
  const status = found.ignored.find(({ header }) => isBareStatus(header));
  if (status === undefined) return found;
  const values = found.sheet.rows
    .slice(found.headerRow + 1)
    .map((cells) => cells[status.index] ?? '')
    .filter((cell) => cell.trim() !== '' && cell.trim() !== status.header);
  if (values.length === 0 || !values.every(isPublicationStatus)) return found;
  return {
    ...found,
    fields: new Map([...found.fields, ['publicationStatus', status]]),
    ignored: found.ignored.filter((column) => column !== status),
  };
}

function readHeaders(sheet: XlsxSheet, headerRow: number, merges: HeaderMerges): Candidate {
  const fields = new Map<Field, Column>();
  const official = new Set<Field>();
  const otherRequirementIds: Column[] = [];
  const pairs = new Map<number, { id?: Column; text?: Column }>();
  const ignored: Column[] = [];
  const unnumbered = { id: 0, text: 0 };
  let score = 0;
  for (const [index, cell] of (sheet.rows[headerRow] ?? []).entries()) {
    const header = cell.trim() || merges.spread(headerRow, index);
    if (header === '') continue;
    const meaning = meaningUnder(merges.group(headerRow, index), header);
    const column = { index, header };
    if (meaning === undefined) {
      ignored.push(column);
      continue;
    }
    if ('pair' in meaning) {
      // Pairs without number follow one another: the second "N° preuve" goes with the second "Preuve".
      const { part } = meaning.pair;
      const rank = meaning.pair.rank === 0 ? (unnumbered[part] += 1) / 1000 : meaning.pair.rank;
      const pair = pairs.get(rank) ?? {};
      if (pair[part] !== undefined) {
        ignored.push(column);
        continue;
      }
      pair[part] = column;
      pairs.set(rank, pair);
      score += 1;
      continue;
    }
    const { field } = meaning;
    if (field === undefined) continue;
    if (fields.has(field)) {
      if (field === 'requirementId') otherRequirementIds.push(column);
      else ignored.push(column);
      continue;
    }
    fields.set(field, column);
    if (!('added' in meaning)) official.add(field);
    score += 1;
  }
  // Pre-publication lists have both; a list that has only the reference means the number by it.
  const reference = fields.get('requirementRef');
  if (reference !== undefined && !fields.has('requirementId')) {
    fields.delete('requirementRef');
    fields.set('requirementId', reference);
  }
  return { sheet, headerRow, fields, official, otherRequirementIds, pairs, ignored, score };
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
  return candidate.official.has('sectionId') || candidate.official.has('conditional') ? 'rem-wave1' : 'rem-wave2';
}

function firstFilledRow(sheets: readonly XlsxSheet[]): readonly string[] | undefined {
  return sheets.flatMap((sheet) => sheet.rows).find((row) => row.some((cell) => cell.trim() !== ''));
}
