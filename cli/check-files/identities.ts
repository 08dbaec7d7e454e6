import type { ListedIdentity } from '#checks/ins/index.ts';
import data from './columns.json' with { type: 'json' };

const NAMES = Object.keys(data.columns) as (keyof typeof data.columns)[];
export type Column = (typeof NAMES)[number];

/** The column that a header names, whatever its case, accents and blanks. */
export function columnOf(header: string): Column | undefined {
  const name = header
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  return NAMES.find((column) => data.columns[column].includes(name));
}

/** An identity from the values of its columns; a key kept apart is glued to its number. */
export function identityOf(values: ReadonlyMap<Column, string>): ListedIdentity {
  const { ins = '', key, ...rest } = Object.fromEntries(values) as Partial<Record<Column, string>>;
  return { ...rest, ins: key !== undefined && ins.length <= 13 ? `${ins}${key}` : ins };
}

/**
 * An identity from an object of a JSON list: flat, or as the port shows a patient (`traits` apart, first names in an array).
 *
 * @returns undefined when it is no object, or names no INS
 */
export function identityOfJson(value: unknown): ListedIdentity | undefined {
  if (!isObject(value)) return undefined;
  const traits = isObject(value['traits']) ? value['traits'] : {};
  const values = new Map<Column, string>();
  for (const [name, cell] of [...Object.entries(value), ...Object.entries(traits)]) {
    const column = columnOf(name);
    const text = textOf(cell);
    if (column !== undefined && text !== undefined && !values.has(column)) values.set(column, text);
  }
  return values.has('ins') ? identityOf(values) : undefined;
}

function textOf(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  return Array.isArray(cell) && cell.every((one) => typeof one === 'string') ? cell.join(' ') : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
