import { COLUMNS, type FoundColumn, type Order } from '#tracker/orders/index.ts';

/** Where an order stands in what the user gave: a row of a table, an element of a JSON list, or the book. */
export type OrderSource =
  | { readonly kind: 'table'; readonly row: number; readonly columns: readonly FoundColumn[] }
  | { readonly kind: 'json'; readonly path: string }
  | { readonly kind: 'book' };

const TITLES: ReadonlyMap<string, string> = new Map(COLUMNS.map(({ name, title }) => [name, title]));

/** A part of an order as a whole is told at the column that begins it. */
const PARTS: Readonly<Record<string, string>> = {
  product: 'product.name',
  amounts: 'amounts.ht',
  acceptance: 'acceptance.kind',
  invoice: 'invoice.number',
  'invoice.amounts': 'invoice.ht',
  amendments: 'amendment.number',
  'amendment.amounts': 'amendment.ht',
  attachments: 'files.order',
};

const FILES: Readonly<Record<string, string>> = { va: 'acceptance', mom: 'acceptance' };

/**
 * A place of an order as its user finds it: row and column of his list, path in his JSON, title of the template for the
 * book. A place in another file (that of the vendor, the layout) is told as one.
 *
 * @param where as the reasons of `tracker/asp` give it: `signedOn`, `sites[0].finess`, `attachments[1].path`
 */
export function placeIn(order: Order, where: string, source: OrderSource): string {
  if (where.startsWith('vendor.')) return `fichier de l’éditeur, ${pointer(where.slice('vendor.'.length))}`;
  const column = columnOf(order, where);
  const title = column === undefined ? undefined : TITLES.get(column);
  if (column === undefined || title === undefined) return where;
  switch (source.kind) {
    case 'table': {
      const found = source.columns.find(({ name }) => name === column);
      return [`ligne ${source.row}`, ...(found === undefined ? [title] : [found.letter, found.header])].join(', ');
    }
    case 'json': {
      // A list of its own in JSON, where a table has one column or one amendment.
      const listed = /^(?:sites|amendments)(?:\[\d+\])?/u.exec(where)?.[0];
      if (listed === undefined) return `${source.path}${pointer(column)}`;
      const [, part = ''] = column.split('.');
      return `${source.path}${pointer(listed.startsWith('amendments[') ? `${listed}.${part}` : listed)}`;
    }
    case 'book':
      return `carnet, ${title}`;
  }
}

const pointer = (place: string): string => `/${place.replaceAll('[', '.').replaceAll(']', '').replaceAll('.', '/')}`;

/** Name of the column that holds what a place of an order says. */
function columnOf({ attachments }: Order, where: string): string | undefined {
  const [, index, kind, part] = /^attachments(?:\[(\d+)\]|\.([a-z]+))(?:\.([a-z]+))?$/u.exec(where) ?? [];
  const piece = index === undefined ? kind : attachments[Number(index)]?.kind;
  if (piece !== undefined) {
    const name = `files.${Object.hasOwn(FILES, piece) ? FILES[piece] : piece}`;
    return part === 'signed' && TITLES.has(`${name}Signed`) ? `${name}Signed` : name;
  }
  if (/^sites(?:\[|$)/u.test(where)) return 'sites';
  const plain = where.replace(/^amendments\[\d+\]/u, 'amendment');
  return Object.hasOwn(PARTS, plain) ? PARTS[plain] : plain;
}
