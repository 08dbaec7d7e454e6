import { isTradeCode } from './category.ts';

/** Prefixes that wave 1 writes in mixed case; everywhere else a prefix is in capitals (`APCV.01` in wave 2). */
const MIXED_CASE_WAVE_1: ReadonlyMap<string, string> = new Map([
  ['APCV', 'ApCV'],
  ['EPRESC', 'ePresc'],
]);

/** Nobody writes a longer id; a cell may hold a page. */
const MAX_ID = 200;

/**
 * Id as the programme writes it: no space that came from a spreadsheet (leading, trailing, non-breaking, zero-width),
 * one case per prefix. Letters that mean something stay: the twin mark `p` and the suffix ` BIS`.
 *
 * `' ins/VA1.28 '` gives `INS/va1.28`; `APCV/va1.01` and `ApCV/va1.01` give the same id, the raw one tells them apart.
 * Idempotent. A number that lost its prefix (`39.01.01`) stays as it is: see {@link restoreId}.
 *
 * @param raw id as read from a cell
 */
export function normaliseId(raw: string): string {
  const flat = raw
    .slice(0, MAX_ID)
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s'’`.]+|[\s'’`.]+$/gu, '')
    .replace(/ ?([/.]) ?/gu, '$1')
    .replace(/\.{2,}/gu, '.');
  // Capitals of some letters are two characters, which compose again.
  const upper = flat.toUpperCase().normalize('NFKC');
  const cased = upper.replace(/\/VA(\d)(?=\.|$)/gu, '/va$1').replace(/(?<=\.\d+)P(?= |\.|$)/gu, 'p');
  const slash = cased.indexOf('/va1');
  if (slash < 0) return cased;
  const prefix = cased.slice(0, slash);
  return (MIXED_CASE_WAVE_1.get(prefix) ?? prefix) + cased.slice(slash);
}

/**
 * Id of a proof or of a scenario, given what it stands under. Official lists hold numbers that lost their prefix
 * (`39.01.01` under `INS/va1.39.01`, `08.01` under `CDA/INT.08`): the prefix is put back where the numbers overlap.
 *
 * @param raw id as read
 * @param parentId normalised id of its scenario or requirement, empty when unknown
 * @returns a normalised id; unchanged when it has its prefix or when nothing overlaps
 */
export function restoreId(raw: string, parentId: string): string {
  const id = normaliseId(raw);
  if (parentId === '' || !/^\d+(\.\d+)*$/u.test(id)) return id;
  const numbers = id.split('.');
  const tail = /(?:^|\.)(\d+(?:\.\d+)*)$/u.exec(parentId)?.[1]?.split('.') ?? [];
  if (numbers.length === 1) return `${parentId}.${id}`;
  for (let start = 0; start < tail.length; start += 1) {
    const shared = tail.slice(start);
    // A spreadsheet that took the number for a figure dropped its leading zero.
    if (shared.length < numbers.length && shared.every((number, index) => Number(number) === Number(numbers[index]))) {
      return [parentId, ...numbers.slice(shared.length)].join('.');
    }
  }
  return id;
}

/** Whether an id is the number of something that stands under `parent`, e.g. `INS/va1.28.01.01` under `INS/va1.28.01`. */
export function isUnder(id: string, parent: string): boolean {
  return id.startsWith(`${parent}.`) && id.length > parent.length + 1;
}

/** Prefix of the shared base ("socle"), and of a couloir when it is not known by its trade code. */
export const BASE = 'SC';
export const COULOIR = 'CH';

/**
 * Id without the prefix of its project, when a section follows: `SC.DMP/UX.01` gives `DMP/UX.01`, `PFI.MSS.01` gives
 * `MSS.01`. `INS/va1.02` and `APCV.01` have none.
 *
 * @param id normalised id
 */
export function withoutProject(id: string): string {
  const prefix = /^(\p{Lu}+)\.(?=\p{L})/u.exec(id)?.[1];
  const isProject = prefix !== undefined && (prefix === BASE || prefix === COULOIR || isTradeCode(prefix));
  return isProject ? id.slice(prefix.length + 1) : id;
}

/** Section that an id belongs to: what precedes the number, without project nor wave, e.g. `INS`, `DMP/UX`, `SSI/GEN`. */
export function sectionOfId(id: string): string {
  const head = /^(.*?)(?:\/va\d)?\.\d/u.exec(withoutProject(id))?.[1];
  return head ?? '';
}

const USUAL_ID = /^\p{L}[\p{L}_-]*(?:[./]\p{L}[\p{L}\d_-]*)*\.\d+p?(?: BIS)?$/u;

/** Whether an id has the form of the number of a requirement: letters, then a number behind a point. */
export function isUsualId(id: string): boolean {
  return USUAL_ID.test(id);
}

/** A part of a cell that could be an id: no sentence, and a number in it. */
const ID_LIKE = /^\S+( BIS)?$/iu;

/**
 * Ids in a cell: a scenario of several requirements lists them, separated by line breaks, semicolons or commas, or by
 * spaces when each is a whole id.
 *
 * @param cell as the workbook holds it
 * @returns the cell as it is when its parts do not all look like ids; nothing when it holds no id
 */
export function idsOfCell(cell: string): readonly string[] {
  if (normaliseId(cell) === '') return [];
  const parts = cell
    .split(/[;,\n]+/u)
    .flatMap(idsBetweenSpaces)
    .filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => ID_LIKE.test(part) && /\d/u.test(part)) ? parts : [cell];
}

function idsBetweenSpaces(part: string): readonly string[] {
  const words = part.trim().split(/\s+(?!BIS(?:\s|$))/iu);
  return words.length > 1 && words.every((word) => isUsualId(normaliseId(word))) ? words : [part.trim()];
}

/** Names of what a reader does not see, or takes for a space. */
const NAMED = /[\p{Cf}\p{Cc}]|(?! )\p{Z}/gu;

/**
 * An id as a message shows it: spaces around it as `␣`, those that are no ordinary space by their code (`[U+00A0]`), so
 * that what was cleaned can be seen.
 */
export function visibleId(raw: string): string {
  return raw
    .slice(0, MAX_ID)
    .replace(/^ +| +$/gu, (spaces) => '␣'.repeat(spaces.length))
    .replace(NAMED, (char) => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
