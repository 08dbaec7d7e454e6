import { loadCategories } from '#dsr/rem/index.ts';
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
  .map(({ code }) => code)
  .join('|');
/** A couloir written alone: the laboratory of « SGL-Labo » is another word. */
const ONE = `(?<![\\p{L}\\p{N}-])(?:${CODES})(?![\\p{L}\\p{N}-])`;
const NAMED = new RegExp(ONE, 'gu');
const JOINED = new RegExp(`${ONE}(?:\\s?(?:,|/|\\+|&|\\bET\\b)\\s?(?:DSR )?${ONE})+`, 'u');

/** Couloirs of the programme that a label names, each once. */
export function couloirsIn(label: string): readonly string[] {
  return [...new Set(fold(label).toUpperCase().match(NAMED) ?? [])];
}

/** Couloirs that a label puts together (« SGL et LOINC »): an interface named in passing is none. */
export function joinedCouloirs(label: string): readonly string[] {
  return couloirsIn(JOINED.exec(fold(label).toUpperCase())?.[0] ?? '');
}
