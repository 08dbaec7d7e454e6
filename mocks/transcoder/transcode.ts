import {
  layoutOf,
  loincName,
  writeLoincRows,
  type LoincColumnKey,
  type LoincFile,
  type LoincRank,
} from '#formats/loinc/index.ts';
import table from './codes.json' with { type: 'json' };

interface Code {
  readonly code: string;
  readonly label: string;
}

/** What the transcoder does with an export: its work, or what LOI/va1.07 wants a product to tell. */
export type Transcoding =
  | 'juste'
  /** The first elements get a code that is not of the biology. */
  | 'hors-jeu'
  /** The first analysis gets two codes. */
  | 'codes-multiples';

export type CodedKind = 'chapter' | 'subChapter' | 'test' | 'analysis';

export interface GivenCodes {
  readonly rank: 4 | 5 | 6;
  readonly kind: CodedKind;
  /** Code of the element in the product, or its label where it has none. */
  readonly item: string;
  readonly codes: readonly string[];
}

export interface TranscodedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly given: readonly GivenCodes[];
}

/** Codes that are LOINC and are not of the biology. */
export const OUTSIDE: ReadonlySet<string> = new Set(table.outside.map(({ code }) => code));

/** Codes of the biology that the transcoder gives, by kind of element. */
export function codesOf(kind: CodedKind): readonly Code[] {
  if (kind === 'test') return table.tests;
  return kind === 'analysis' ? table.analyses : table.chapters;
}

/** A code of the biology that an element does not have yet. */
export function anotherCode(kind: CodedKind, former: readonly string[]): Code {
  const found = codesOf(kind).find(({ code }) => !former.includes(code));
  if (found === undefined) throw new RangeError(`No other code of ${kind}`);
  return found;
}

/**
 * Plays the transcoder: gives an export back with its codes, row by row, in the same order (LOI/va1.04 to 06).
 *
 * @param file LOINC_1, 2 or 3, as the product exported it; its rows must have their fields
 * @param date `YYYY-MM-DD`, of the file name
 */
export function transcode(file: LoincFile, how: Transcoding, date: string): TranscodedFile {
  const source = file.layout.rank;
  const rank = (source + 3) as 4 | 5 | 6;
  const layout = layoutOf(rank);
  const width = file.layout.columns.length;
  const at = (cells: readonly string[], key: LoincColumnKey): string =>
    (cells[file.layout.columns.findIndex((column) => column.key === key)] ?? '').trim();
  const given = new Map<string, GivenCodes & { readonly label: string }>();
  const codeFor = (kind: CodedKind, item: string): { readonly code: string; readonly label: string } => {
    if (item === '') return { code: '', label: '' };
    const known = given.get(`${kind} ${item}`);
    if (known !== undefined) return { code: known.codes.join(' '), label: known.label };
    const rankOf = [...given.values()].filter((one) => one.kind === kind).length;
    const chosen = chosenFor(kind, rankOf, how);
    given.set(`${kind} ${item}`, {
      rank,
      kind,
      item,
      codes: chosen.map(({ code }) => code),
      label: chosen[0]?.label ?? '',
    });
    return { code: chosen.map(({ code }) => code).join(' '), label: chosen[0]?.label ?? '' };
  };
  const rows = file.rows.map(({ cells }) => {
    const own = Array.from({ length: width }, (_, index) => cells[index] ?? '');
    const added = itemsOf(source).map(([kind, code, label]) => codeFor(kind, at(cells, code) || at(cells, label)));
    return [...own, ...added.flatMap(({ code, label }) => [code, label])];
  });
  return {
    fileName: loincName(layout, date),
    bytes: writeLoincRows(rows),
    given: [...given.values()].map(({ kind, item, codes }) => ({ rank, kind, item, codes })),
  };
}

/** What gets a code in the file made from each export, and the fields that identify it. */
function itemsOf(source: LoincRank): readonly (readonly [CodedKind, LoincColumnKey, LoincColumnKey])[] {
  switch (source) {
    case 1:
      return [
        ['chapter', 'chapterCode', 'chapterLabel'],
        ['subChapter', 'subChapterCode', 'subChapterLabel'],
      ];
    case 2:
      return [['test', 'testCode', 'testLabel']];
    default:
      return [['analysis', 'analysisCode', 'analysisLabel']];
  }
}

function chosenFor(kind: CodedKind, rank: number, how: Transcoding): readonly Code[] {
  const codes = codesOf(kind);
  const usual = codes[rank % codes.length];
  const next = codes[(rank + 1) % codes.length];
  const outside = table.outside[['chapter', 'subChapter', 'test', 'analysis'].indexOf(kind)];
  if (how === 'hors-jeu' && rank === 0 && outside !== undefined) return [outside];
  if (how === 'codes-multiples' && rank === 0 && kind === 'analysis')
    return [usual, next].filter((one) => one !== undefined);
  return usual === undefined ? [] : [usual];
}
