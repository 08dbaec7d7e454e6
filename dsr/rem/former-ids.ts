import { isUsualId, normaliseId } from './id.ts';

export interface FormerIds {
  readonly ids: readonly string[];
  /** Those that do not look like ids: kept, and said. */
  readonly odd: readonly string[];
  /** How many are left out of a list that no requirement has. */
  readonly more: number;
}

/** No published range has more; a longer one is a mistyped number. */
const MAX_RANGE = 50;

/** No requirement replaces more. */
export const MAX_FORMER_IDS = 100;

/** `SGL.INS.32 À 36`, `SGL.INS.32 À SGL.INS.36`, `SGL.INS.32-36`; normalised. */
const RANGE =
  /^(?<head>\p{L}.*\.)(?<first>\d{1,4}) ?(?:À|A|AU|JUSQU'À|[-–—→]) ?(?:(?<again>\p{L}.*\.))?(?<last>\d{1,4})$/u;

/** What a cell says when the requirement had no other number. */
const NONE = /^(?:[-–—/]|N\/?A|AUCUNE?|NÉANT|SANS OBJET|NOUVEAU|NOUVELLE(?: EXIGENCE)?)$/u;

/**
 * Ids that a requirement had before, as the column "VA N-1" writes them: separated by semicolons, commas, line breaks,
 * bars, spaced slashes, `+`, `&`, "et", "ou"; ranges are written out. Each is given once.
 *
 * @param cell as the workbook holds it
 */
export function readFormerIds(cell: string): FormerIds {
  const parts = cell
    .normalize('NFKC')
    .replace(/(?!\n)[\p{Cf}\p{Cc}]/gu, ' ')
    .split(/[;,\n|]+|\s+(?:\/|\+|&|et|ou)\s+/iu)
    .filter((part) => part.trim() !== '');
  const read = parts
    .slice(0, MAX_FORMER_IDS)
    .map(normaliseId)
    .filter((part) => part !== '' && !NONE.test(part));
  const found = new Set(read.flatMap(writtenOut));
  const ids = [...found].slice(0, MAX_FORMER_IDS);
  const more = found.size - ids.length + Math.max(0, parts.length - MAX_FORMER_IDS);
  return { ids, odd: ids.filter((id) => !isUsualId(id)), more };
}

function writtenOut(part: string): readonly string[] {
  const { head, first = '', again, last = '' } = RANGE.exec(part)?.groups ?? {};
  if (head === undefined || (again !== undefined && again !== head)) return [part];
  const count = Number(last) - Number(first) + 1;
  if (count < 2 || count > MAX_RANGE) return [part];
  return Array.from({ length: count }, (_, index) => head + String(Number(first) + index).padStart(first.length, '0'));
}
