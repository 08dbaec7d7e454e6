import shipped from './ins-datamatrix.json' with { type: 'json' };
import { countOf, listOf, recordOf, regexOf, textOf } from './table.ts';

export const TRAITS = ['ins', 'oid', 'firstNames', 'birthName', 'sex', 'birthDate', 'birthPlace'] as const;
export type Trait = (typeof TRAITS)[number];

interface Field {
  readonly code: string;
  readonly trait: Trait;
  /** French. */
  readonly label: string;
  /** Characters of a field that is always as long, and that no separator ends. */
  readonly length?: number;
  /** Of a field that a separator ends, unless it is as long as this. */
  readonly maxLength?: number;
  readonly optional?: boolean;
}

/** How the message of an INS datamatrix is made. */
export interface DatamatrixLayout {
  /** Given by the user, hence known; what is shipped is not confirmed by a public source. */
  readonly confirmed: boolean;
  readonly marker: RegExp;
  readonly header: RegExp;
  readonly separator: string;
  readonly dateFormats: readonly string[];
  readonly fields: readonly Field[];
}

export interface DatamatrixMessage {
  readonly traits: ReadonlyMap<Trait, string>;
  /** French: what does not follow the layout; the traits are those that could be read before it. */
  readonly faults: readonly string[];
}

/**
 * Reads a layout written as `ins-datamatrix.json` is.
 *
 * @throws {TypeError} in French, with the place, when it is not one
 */
export function readLayout(value: unknown, confirmed = true): DatamatrixLayout {
  const table = recordOf(value, 'le fichier');
  return {
    confirmed,
    marker: regexOf(table['marker'], 'marker', 'u'),
    header: regexOf(table['header'], 'header', 'u'),
    separator: textOf(table['separator'], 'separator'),
    dateFormats: listOf(table['dateFormats'], 'dateFormats', textOf),
    fields: listOf(table['fields'], 'fields', fieldOf),
  };
}

export const SHIPPED_LAYOUT = readLayout(shipped, false);

/** Whether a message is that of an INS datamatrix, whatever follows its marker. */
export function isInsMessage(message: string, layout: DatamatrixLayout): boolean {
  return layout.marker.test(message);
}

/** Cuts a message into its fields. */
export function readInsMessage(message: string, layout: DatamatrixLayout): DatamatrixMessage {
  const traits = new Map<Trait, string>();
  const faults: string[] = [];
  const header = layout.header.exec(message)?.[0];
  if (header === undefined) return { traits, faults: [`en-tête : ${shown(message.slice(0, 30))}`] };
  let at = header.length;
  while (at < message.length) {
    const field = layout.fields.find(({ code }) => message.startsWith(code, at));
    if (!field) {
      faults.push(`champ inconnu au caractère ${at + 1} : ${shown(message.slice(at, at + 12))}`);
      break;
    }
    const from = at + field.code.length;
    const end = endOf(message, from, field, layout.separator);
    const value = message.slice(from, end);
    if (value === '' || (field.length !== undefined && value.length !== field.length)) {
      faults.push(`${field.code} (${field.label}) : ${value.length} caractère(s)`);
    }
    if (traits.has(field.trait)) faults.push(`${field.code} (${field.label}) : écrit deux fois`);
    traits.set(field.trait, value);
    at = message.startsWith(layout.separator, end) ? end + layout.separator.length : end;
  }
  for (const { code, label, trait, optional } of layout.fields) {
    if (optional !== true && !traits.has(trait)) faults.push(`${code} (${label}) : absent`);
  }
  return { traits, faults };
}

function endOf(message: string, from: number, field: Field, separator: string): number {
  const mark = message.indexOf(separator, from);
  const next = mark === -1 ? message.length : mark;
  if (field.length !== undefined) return Math.min(from + field.length, next);
  return field.maxLength === undefined ? next : Math.min(next, from + field.maxLength);
}

/** `AAAA-MM-JJ` of a date in one of the formats; undefined when it is in none. */
export function dateOf(written: string, formats: readonly string[]): string | undefined {
  for (const format of formats) {
    const groups = format
      .replace(/[/.]/g, '\\$&')
      .replace('AAAA', '(?<year>\\d{4})')
      .replace('MM', '(?<month>\\d{2})')
      .replace('JJ', '(?<day>\\d{2})');
    const { year, month, day } = new RegExp(`^${groups}$`).exec(written)?.groups ?? {};
    if (year && month && day && Number(month) <= 12 && Number(day) <= 31) return `${year}-${month}-${day}`;
  }
  return undefined;
}

/** Control characters become visible. */
export function shown(message: string): string {
  return message.replace(/[^\x20-\x7e]/g, (character) => `<${character.charCodeAt(0).toString(16).padStart(2, '0')}>`);
}

function fieldOf(value: unknown, where: string): Field {
  const { code, trait, label, length, maxLength, optional } = recordOf(value, `« ${where} »`);
  const known = TRAITS.find((one) => one === trait);
  if (known === undefined) throw new TypeError(`« ${where}.trait » : l’un de ${TRAITS.join(', ')} est attendu.`);
  return {
    code: textOf(code, `${where}.code`),
    trait: known,
    label: textOf(label, `${where}.label`),
    ...(length === undefined ? {} : { length: countOf(length, `${where}.length`) }),
    ...(maxLength === undefined ? {} : { maxLength: countOf(maxLength, `${where}.maxLength`) }),
    ...(optional === true ? { optional } : {}),
  };
}
