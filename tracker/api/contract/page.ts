import { problem } from '../problems/index.ts';
import type { Page, QueryParameter } from './types.ts';

/** How many items a page holds when nobody says. */
export const PAGE_LIMIT = 100;
const MOST = 2_000;

/** Parameters of every list. @param limit how many when nobody says */
export function pageParameters(limit = PAGE_LIMIT): readonly QueryParameter[] {
  return [
    {
      name: 'limit',
      description: 'Nombre de lignes de la page.',
      schema: { type: 'integer', minimum: 1, maximum: MOST, default: limit },
    },
    {
      name: 'after',
      description: 'Page suivante : la valeur « next » de la page précédente.',
      schema: { type: 'string', maxLength: 400 },
    },
    {
      name: 'format',
      description: 'Toute la liste en tableur : csv (UTF-8, point-virgule) ou xlsx.',
      schema: { type: 'string', enum: ['csv', 'xlsx'] },
    },
  ];
}

/**
 * A page of a list that is whole in memory.
 *
 * @param keyOf what names an item; the page after it begins with the next one, wherever it stands by then
 * @returns `next` is null on the last page
 * @throws {Problem} 400 `PAGE_PERDUE` when the item is no longer there
 */
export function paged<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, after }: Page,
): { readonly total: number; readonly next: string | null; readonly items: readonly Item[] } {
  let from = 0;
  if (after !== undefined) {
    const key = readCursor(after);
    const rank = items.findIndex((item) => keyOf(item) === key);
    if (rank < 0) throw problem('PAGE_PERDUE');
    from = rank + 1;
  }
  const shown = items.slice(from, from + limit);
  const last = shown.at(-1);
  const more = from + shown.length < items.length && last !== undefined;
  return { total: items.length, next: more ? cursorOf(keyOf(last)) : null, items: shown };
}

/** What a caller sends back for the next page; opaque. */
export function cursorOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

export function readCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('utf8');
}
