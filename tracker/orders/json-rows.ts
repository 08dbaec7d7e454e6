import { COLUMNS } from './columns.ts';
import { FAULTS, type Fault } from './message.ts';
import type { Cell, Row } from './row-reader.ts';

/** An element of a JSON list as cells; what JSON says better than cells stands beside. */
export interface JsonRow extends Row {
  readonly siteNames: ReadonlyMap<string, string>;
  /** Amendments as cells of the same names; absent when the element gives no list. */
  readonly amendments?: readonly Row[];
  readonly faults: readonly (Fault & { readonly column: string; readonly value: string })[];
}

const NAMES: ReadonlySet<string> = new Set(COLUMNS.map(({ name }) => name));
const AMENDMENT_PARTS = ['number', 'signedOn', 'status', 'ht', 'ttc'] as const;

/**
 * An element of a JSON list: an object whose levels are the dots of the column names. Amounts are euros, as in a cell.
 *
 * @param index 0-based place in the list
 * @param base JSON path of the list, empty at the root
 */
export function jsonRow(value: unknown, index: number, base: string): JsonRow {
  const path = `${base}/${index}`;
  const cells = new Map<string, Cell>();
  const siteNames = new Map<string, string>();
  const faults: (Fault & { column: string; value: string })[] = [];
  const say = (column: string, given: unknown, message: string, remedy: string): void => {
    faults.push({ ...FAULTS.shape(message, remedy), column, value: JSON.stringify(given)?.slice(0, 200) ?? '' });
  };
  const row = index + 1;
  if (!isObject(value)) {
    say(path, value, 'Un bon de commande est attendu ici.', 'Écrivez un objet : {"number": …}.');
    return { row, path, cells, siteNames, faults };
  }
  let amendments: readonly Row[] | undefined;
  const take = (object: Readonly<Record<string, unknown>>, prefix: string, at: string): void => {
    for (const [key, given] of Object.entries(object)) {
      const name = `${prefix}${key}`;
      const column = `${at}/${pointer(key)}`;
      if (given === null || given === undefined) continue;
      if (name === 'amendments') amendments = amendmentRows(given, row, column, say);
      else if (name === 'sites')
        cells.set(name, { text: siteText(given, siteNames, column, say), column, header: name });
      else if (NAMES.has(name)) {
        const text = textOf(given);
        if (text === undefined)
          say(column, given, `« ${name} » ne s’écrit pas ainsi.`, 'Écrivez un texte, un nombre ou true/false.');
        else cells.set(name, { text, column, header: name });
      } else if (isObject(given) && isLevel(name)) take(given, `${name}.`, column);
      else
        say(
          column,
          given,
          `« ${name} » n’est pas un champ du modèle.`,
          'Retirez-le, ou donnez-lui le nom du modèle : npm run jalon -- orders template --out bons.json.',
        );
    }
  };
  take(value, '', path);
  return { row, path, cells, siteNames, faults, ...(amendments === undefined ? {} : { amendments }) };
}

type Say = (column: string, given: unknown, message: string, remedy: string) => void;

/** Sites as texts, or as objects with their name. */
function siteText(given: unknown, names: Map<string, string>, column: string, say: Say): string {
  if (typeof given === 'string') return given;
  if (!Array.isArray(given)) {
    say(column, given, 'Les sites sont une liste.', 'Écrivez ["990000028", …] ou [{"finess": …, "name": …}].');
    return '';
  }
  const items = given.map((one: unknown, index) => {
    if (typeof one === 'string') return one;
    if (isObject(one) && typeof one['finess'] === 'string') {
      if (typeof one['name'] === 'string') names.set(one['finess'], one['name'].slice(0, 300));
      return one['finess'];
    }
    say(
      `${column}/${index}`,
      one,
      'Ce site n’a pas de FINESS.',
      'Écrivez son FINESS géographique, un texte de 9 caractères.',
    );
    return '';
  });
  return items.join('|');
}

function amendmentRows(given: unknown, row: number, column: string, say: Say): readonly Row[] {
  if (!Array.isArray(given)) {
    say(
      column,
      given,
      'Les avenants sont une liste.',
      'Écrivez [{"number": …, "status": …}], le plus ancien en premier.',
    );
    return [];
  }
  return given.map((one: unknown, index) => {
    const cells = new Map<string, Cell>();
    const at = `${column}/${index}`;
    if (!isObject(one)) say(at, one, 'Un avenant est attendu ici.', 'Écrivez un objet : {"number": …, "status": …}.');
    for (const [key, value] of Object.entries(isObject(one) ? one : {})) {
      const text = value === null ? '' : textOf(value);
      const part = AMENDMENT_PARTS.find((name) => name === key);
      if (part === undefined || text === undefined)
        say(
          `${at}/${pointer(key)}`,
          value,
          `« ${key} » n’est pas un champ d’avenant.`,
          `Champs : ${AMENDMENT_PARTS.join(', ')}.`,
        );
      else cells.set(`amendment.${part}`, { text, column: `${at}/${key}`, header: key });
    }
    return { row, path: at, prefix: 'amendment.', cells };
  });
}

function isLevel(name: string): boolean {
  return [...NAMES].some((column) => column.startsWith(`${name}.`));
}

/** A list of files is one cell. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join('|') : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key as a JSON pointer writes it (RFC 6901). */
function pointer(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
