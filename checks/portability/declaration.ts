import type { Declaration, DeclaredData } from './types.ts';

const MOST = 500;

/**
 * Reads what a vendor declares of its export: `{ "data": [{ "name", "format", "location" }] }`.
 *
 * @throws {TypeError} in French, with the place, when it is no such thing
 */
export function readDeclaration(value: unknown): Declaration {
  const data = recordOf(value, 'le fichier')['data'];
  if (!Array.isArray(data)) throw new TypeError('« data » : une liste est attendue.');
  if (data.length > MOST) throw new TypeError(`« data » : ${MOST} données au plus.`);
  return { data: data.map((one: unknown, rank): DeclaredData => dataOf(one, `data[${rank}]`)) };
}

function dataOf(value: unknown, where: string): DeclaredData {
  const { name, format, location } = recordOf(value, `« ${where} »`);
  return {
    name: textOf(name, `${where}.name`),
    format: textOf(format, `${where}.format`),
    location: textOf(location, `${where}.location`),
  };
}

function recordOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new TypeError(`${where} : un objet est attendu.`);
}

/** Empty is read: that it says nothing is a finding. */
function textOf(value: unknown, where: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' && value.length <= 1000) return value.trim();
  throw new TypeError(`« ${where} » : un texte de 1 000 caractères au plus est attendu.`);
}
