/**
 * A word, or a mark that means something: `.` and `;` end a demand, `,` `:` `/` `(` `)` as written, `ou` and `OU` (alone
 * in capitals, which the lists use between whole demands), `etc` for an open list, `§` where a new case begins.
 */
export interface Token {
  readonly text: string;
  /** Place in the wording as written. */
  readonly start: number;
  readonly end: number;
}

/** A part of the wording that is read apart. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** `case`: what follows belongs to another case than what precedes; `clause`: left out only. */
  readonly role: 'case' | 'clause';
}

/** Nobody words a proof in more; a cell may hold a page. */
export const MAX_TEXT = 4000;

const RUN = /[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*/uy;
const ADDRESS = /https?:\/\/\S+/uy;
const DOTS = /\.{2,}|…/uy;

/**
 * Text with the same length and places, without capitals nor accents. Only `où` keeps its accent: without it, it is the
 * word that offers a choice.
 */
export function fold(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1) folded += foldLetter(text.charAt(index));
  return folded.replace(/(?<![a-z])ou(?![a-z])/gu, (word, place: number) =>
    text.charAt(place + 1).toLowerCase() === 'ù' ? 'où' : word,
  );
}

const folds = new Map<string, string>();

function foldLetter(letter: string): string {
  const known = folds.get(letter);
  if (known !== undefined) return known;
  const [base = ' '] = letter.normalize('NFD').toLowerCase();
  const folded = base.length === 1 ? base : ' ';
  folds.set(letter, folded);
  return folded;
}

/**
 * Cuts a wording into words and marks. Spreadsheets lose line breaks: a capital right after a small letter
 * ("renseignéOUDéclaration") begins a new demand. Numbers of test cases ("CI-SIS-CR-BIO-Create_doc-Sc1") name no piece
 * and become one unknown word.
 *
 * @param text at most {@link MAX_TEXT} characters
 * @param apart parts to leave out, in order and without overlap
 */
export function tokenise(text: string, apart: readonly Span[] = []): readonly Token[] {
  const folded = fold(text);
  const hasSmallLetters = /\p{Ll}/u.test(text);
  const tokens: Token[] = [];
  const push = (mark: string, start: number, end = start + 1): void => void tokens.push({ text: mark, start, end });
  const spans = [...apart];
  let place = 0;
  while (place < text.length) {
    const span = spans[0];
    if (span !== undefined && place >= span.start) {
      push(span.role === 'case' ? '§' : '.', span.start, span.end);
      place = Math.max(place + 1, span.end);
      spans.shift();
      continue;
    }
    const limit = span?.start ?? text.length;
    const end = matchEnd(ADDRESS, text, place);
    if (end > 0) {
      push('x', place, end);
      place = end;
      continue;
    }
    const runEnd = Math.min(matchEnd(RUN, text, place), limit);
    if (runEnd > place) {
      pushRun(text, folded, place, runEnd, hasSmallLetters, push);
      place = runEnd;
      continue;
    }
    place += pushMark(text, place, push);
  }
  return tokens;
}

type Push = (mark: string, start: number, end?: number) => void;

function matchEnd(pattern: RegExp, text: string, place: number): number {
  pattern.lastIndex = place;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

function pushRun(text: string, folded: string, start: number, end: number, small: boolean, push: Push): void {
  const run = text.slice(start, end);
  const joints = run.split(/[-_]/u).length - 1;
  if (joints >= 2 && /^\p{Lu}{2}/u.test(run) && !run.startsWith('MSS-LPS')) {
    push('x', start, end);
    return;
  }
  let from = start;
  const flush = (to: number): void => {
    if (to <= from) return;
    const word = text.slice(from, to);
    push(word === 'OU' && small ? 'OU' : folded.slice(from, to), from, to);
  };
  for (let at = start; at < end; at += 1) {
    const letter = text.charAt(at);
    if (letter === '-' || letter === '_') {
      flush(at);
      from = at + 1;
    } else if (isGlued(text, at, from)) {
      flush(at);
      push('.', at, at);
      from = at;
    } else if (at - from === 2 && text.slice(from, at) === 'OU' && isGluedChoice(text, at)) {
      flush(at);
      from = at;
    }
  }
  flush(end);
}

/** A capital that begins a word right after a small letter: two cells or two lines that lost what was between. */
function isGlued(text: string, at: number, from: number): boolean {
  if (at === from || !/\p{Ll}/u.test(text.charAt(at - 1)) || !/\p{Lu}/u.test(text.charAt(at))) return false;
  return /^(?:\p{Lu}\p{Ll}{2}|OU\p{Lu}|OU\b|CAS\b|NB\b|SI\b)/u.test(text.slice(at, at + 4));
}

function isGluedChoice(text: string, at: number): boolean {
  return /^(?:\p{Lu}\p{Ll}|CAS\b|SI\b)/u.test(text.slice(at, at + 4));
}

/** @returns how many characters were read */
function pushMark(text: string, place: number, push: Push): number {
  const dots = matchEnd(DOTS, text, place);
  if (dots > 0) {
    push('etc', place, dots);
    return dots - place;
  }
  const letter = text.charAt(place);
  const after = text.charAt(place + 1);
  if (letter === '.' && (after === '' || /[\s\p{Lu}]/u.test(after))) push('.', place);
  else if ('\n\r'.includes(letter)) push(/^\s*[-*•–]/u.test(text.slice(place, place + 20)) ? ';' : '.', place);
  else if (';*•'.includes(letter)) push(';', place);
  else if (',:/'.includes(letter)) push(letter, place);
  else if ('(['.includes(letter)) push('(', place);
  else if (')]'.includes(letter)) push(')', place);
  else if ('+&'.includes(letter)) push('et', place);
  else if ('=>'.includes(letter)) push(',', place);
  else if ('-–—'.includes(letter) && /\s/u.test(after)) push(',', place);
  return 1;
}
