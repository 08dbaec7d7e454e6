import { loadCategories } from '#dsr/rem/index.ts';
import vocabulary from './vocabulary.json' with { type: 'json' };
import { fold } from './words.ts';

/** A DSR as a line names it: the couloir, and the wave when it is told. */
export interface DsrName {
  readonly couloir: string;
  readonly wave?: string;
}

const CODE = /^(?:dsr )?(?<couloir>[a-z][a-z0-9]*(?:-op)?)(?:[- ](?:va|vague) ?(?<wave>\d))?$/u;

/** Reads `SGL`, `SGL-VA1`, `DSR LOINC vague 1`; text that is none of these is taken whole. */
export function readDsr(text: string): DsrName {
  const folded = fold(text);
  const { couloir = folded, wave } = CODE.exec(folded)?.groups ?? {};
  return { couloir: couloir.toUpperCase(), ...(wave === undefined ? {} : { wave }) };
}

/** Names of DSR in one cell: `SGL + LOINC`, `SGL et LOINC`. */
export function splitDsr(text: string): readonly string[] {
  return text
    .split(/[,;/+&|]|\bet\b/iu)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const CODES = loadCategories()
  .map(({ code }) => code.toLowerCase())
  .join('|');
/** A couloir with its wave, written alone or beside another: the laboratory of « SGL-Labo » is another word. */
const ONE = `(?<![\\p{L}\\p{N}]|(?<!\\b(?:${CODES}))-)(?<code>${CODES})(?:[- ]?(?:va|vague) ?\\d)?(?![\\p{L}\\p{N}]|-(?!(?:${CODES})\\b)[\\p{L}\\p{N}])`;
const NAMED = new RegExp(ONE, 'gu');
const { joining, filling, passing, passingAfter, denied: denials } = vocabulary.patterns.dsr;
/** Signs stand anywhere, words are whole; what ends with an apostrophe begins the next one. */
const oneOf = (words: readonly string[]): string =>
  words
    .map((word) => {
      if (!/^[a-z]/u.test(word)) return word;
      return `(?<![\\p{L}\\p{N}])(?:${word})${word.endsWith("'") ? '' : '(?![\\p{L}\\p{N}])'}`;
    })
    .join('|');
const JOINED = new RegExp(
  `^(?:\\s|${oneOf(filling)})*(?:${oneOf(joining)})(?:\\s|${oneOf(joining)}|${oneOf(filling)})*$`,
  'u',
);
const LISTED = /^\s*(?:,|\/|\bet\b|\bou\b|\bni\b|&|\+)\s*(?:les?|la|l'|du|des?|au|aux)?\s*$/u;
const PASSING = new RegExp(oneOf(passing), 'u');
const PASSING_AFTER = new RegExp(`^\\s*(?:${oneOf(passingAfter)})\\s*(?:$|[,;)/])`, 'u');
const DENIED_AFTER = new RegExp(vocabulary.patterns.negationAfter, 'u');
const DENIED = new RegExp(`(?:${oneOf(denials)})(?:\\s|${oneOf(filling)})*$`, 'u');
/** Where the words that speak of a couloir begin: after what ends the ones before. */
const CUT = /[,;+&()/]|\bet\b|\bainsi que\b|\by compris\b|\bplus\b/u;

/** Couloirs of the programme that a text names, each once. */
export function couloirsIn(text: string): readonly string[] {
  return [...new Set(mentionsIn(fold(text)).map(({ couloir }) => couloir))];
}

interface Mention {
  readonly couloir: string;
  readonly from: number;
  readonly to: number;
}

function mentionsIn(folded: string): readonly Mention[] {
  return [...folded.matchAll(NAMED)].map(({ 0: words, index, groups }) => ({
    couloir: (groups?.['code'] ?? '').toUpperCase(),
    from: index,
    to: index + words.length,
  }));
}

export interface PrintedCouloirs {
  /** Those that the line sells: the first, and each that is joined to it (« SGL ainsi que LOINC »). */
  readonly sold: readonly string[];
  /** Named beside them without saying why (« SGL pour LOINC »): a person must look. */
  readonly unclear: readonly string[];
}

/**
 * What a label says that its line sells. A couloir named in passing (« interface avec le DPI ») or left out (« hors
 * LOINC ») is none of it, and those listed with such a one are like it.
 */
export function printedCouloirs(label: string): PrintedCouloirs {
  const folded = fold(label);
  const mentions = mentionsIn(folded);
  const sold = new Set<string>();
  const unclear = new Set<string>();
  let aside = false;
  for (const [rank, { couloir, from, to }] of mentions.entries()) {
    const gap = folded.slice(mentions[rank - 1]?.to ?? 0, from);
    const lead = gap.split(CUT).at(-1) ?? '';
    const next = folded.slice(to, mentions[rank + 1]?.from);
    const inList: boolean = rank > 0 && aside && LISTED.test(gap);
    const denied = DENIED.test(gap) || DENIED_AFTER.test(next);
    aside = inList || denied || PASSING.test(lead) || PASSING_AFTER.test(next);
    if (aside) continue;
    if (sold.size === 0 || JOINED.test(gap)) sold.add(couloir);
    else unclear.add(couloir);
  }
  return { sold: [...sold], unclear: [...unclear].filter((couloir) => !sold.has(couloir)) };
}
