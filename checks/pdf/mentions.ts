import shipped from './mentions.json' with { type: 'json' };
import { listOf, recordOf, regexOf, textOf } from './table.ts';

const PLACEHOLDER = /\{(nom|prenom|date|matricule)\}/g;

/** Texts that a report owes to its reader. */
export const MENTIONS = ['ins', 'rgpd', 'cofrac', 'validation-automatique'] as const;
export type MentionId = (typeof MENTIONS)[number];

interface Part {
  /** French: what it is. */
  readonly label: string;
  /** Sources of regular expressions, one of which must be found; `{nom}` and the like stand for the patient's. */
  readonly patterns: readonly string[];
}

/** A mention with what is expected of it. */
export interface ExpectedMention {
  readonly id: MentionId;
  readonly expected: 'present' | 'absent';
  readonly parts: readonly Part[];
  /** All the parts on one page. */
  readonly samePage: boolean;
}

interface Shape {
  readonly parts: readonly Part[];
  readonly samePage: boolean;
}

/** What a pattern may name of the patient. */
export interface PatternValues {
  readonly nom?: string;
  readonly prenom?: string;
  /** `AAAA-MM-JJ`. */
  readonly date?: string;
  readonly matricule?: string;
}

const SHIPPED = new Map<string, Shape>(
  Object.entries(shipped.mentions).map(([id, shape]) => [id, shapeOf(shape, `mentions.${id}`)]),
);

/** A mention as it is usually written. */
export function usualMention(id: MentionId, expected: 'present' | 'absent' = 'present'): ExpectedMention {
  const shape = SHIPPED.get(id);
  if (!shape) throw new Error(`mention sans expression : ${id}`);
  return { id, expected, ...shape };
}

/** A mention that is a text known word for word, as the laboratory set it. */
export function exactMention(id: MentionId, label: string, text: string): ExpectedMention {
  const words = text.trim().split(/\s+/).map(escaped);
  return { id, expected: 'present', samePage: false, parts: [{ label, patterns: [words.join('\\s+')] }] };
}

/**
 * Reads the mentions that a user expects: `{ "mentions": { "rgpd": { "expected": "present", "parts": […] } } }`. Without
 * `parts`, those that are shipped; without `expected`, `present`.
 *
 * @throws {TypeError} in French, with the place, when it is no such thing
 */
export function readMentions(value: unknown): readonly ExpectedMention[] {
  const mentions = recordOf(recordOf(value, 'le fichier')['mentions'], '« mentions »');
  return Object.entries(mentions).map(([name, given]) => {
    const id = MENTIONS.find((one) => one === name);
    const where = `mentions.${name}`;
    if (id === undefined) throw new TypeError(`« ${where} » : l’une de ${MENTIONS.join(', ')} est attendue.`);
    const mention = recordOf(given, `« ${where} »`);
    const expected = mention['expected'] ?? 'present';
    if (expected !== 'present' && expected !== 'absent') {
      throw new TypeError(`« ${where}.expected » : present ou absent est attendu.`);
    }
    return mention['parts'] === undefined ? usualMention(id, expected) : { id, expected, ...shapeOf(mention, where) };
  });
}

/**
 * Parts found, by page (from 0).
 *
 * @param texts one per page, already {@link folded}
 * @returns one set of page indexes per part, in their order; undefined for a part that names a value of the patient which is
 *   not known
 */
export function placesOf(
  mention: ExpectedMention,
  texts: readonly string[],
  values: PatternValues,
): readonly (ReadonlySet<number> | undefined)[] {
  return mention.parts.map(({ patterns }) => {
    const ready = patterns.flatMap((pattern) => filled(pattern, values) ?? []);
    if (ready.length === 0) return undefined;
    const tests = ready.map((source) => new RegExp(folded(source), 'iu'));
    return new Set(texts.flatMap((text, page) => (tests.some((test) => test.test(text)) ? [page] : [])));
  });
}

/** Without accents, with plain apostrophes and single spaces: what typography or extraction changes. */
export function folded(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replaceAll('’', "'")
      // U+FFFE is a hyphen at the end of a line, once drawn.
      .replace(/[\u00AD\u200B-\u200D\uFEFF\uFFFE]/g, '')
      .replace(/[ \t\r\n\f\u00A0\u2000-\u200A\u202F]+/g, ' ')
  );
}

function filled(pattern: string, values: PatternValues): string | undefined {
  const { nom, prenom, date, matricule } = values;
  const forms: Readonly<Record<string, string | undefined>> = {
    nom: nom && escaped(nom),
    prenom: prenom && escaped(prenom),
    date: date && dateForm(date),
    // Its key is often set apart, and its digits grouped.
    matricule: matricule && matricule.split('').map(escaped).join(' ?'),
  };
  const asked = [...pattern.matchAll(PLACEHOLDER)].map(([, name = '']) => forms[name]);
  if (asked.includes(undefined)) return undefined;
  return pattern.replace(PLACEHOLDER, (_, name: string) => forms[name] ?? '');
}

function dateForm(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `(?:${day}[/. -]?${month}[/. -]?${year}|${year}-${month}-${day})`;
}

/** A hyphen may be the one that a line ends with, which the text of the page does not keep. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll('-', '-?');
}

function shapeOf(value: unknown, where: string): Shape {
  const { parts, samePage } = recordOf(value, `« ${where} »`);
  return { parts: listOf(parts, `${where}.parts`, partOf), samePage: samePage === true };
}

function partOf(value: unknown, where: string): Part {
  const { label, patterns } = recordOf(value, `« ${where} »`);
  return { label: textOf(label, `${where}.label`), patterns: listOf(patterns, `${where}.patterns`, patternOf) };
}

function patternOf(value: unknown, where: string): string {
  const source = textOf(value, where);
  // What stands for a value of the patient is a text.
  regexOf(source.replace(PLACEHOLDER, 'x'), where, 'iu');
  return source;
}
