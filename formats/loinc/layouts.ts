import table from './layouts.json' with { type: 'json' };
import type { LoincColumn, LoincLayout, LoincRank } from './types.ts';

/** One character between the fields of every file. */
export const SEPARATOR: string = table.separator;

interface Written {
  readonly rank: number;
  readonly title: string;
  readonly requirement: string;
  readonly name: string;
  readonly nameEnds?: string;
  readonly from?: number;
  readonly columns: readonly { readonly key: string; readonly label: string; readonly mandatory?: boolean }[];
}

const WRITTEN: readonly Written[] = table.files;

/** The six files, in their order; each transcoded one has the columns of its export first. */
export const LAYOUTS: readonly LoincLayout[] = WRITTEN.map((written): LoincLayout => {
  const from = WRITTEN.find(({ rank }) => rank === written.from);
  return {
    rank: written.rank as LoincRank,
    title: written.title,
    requirement: written.requirement,
    name: written.name,
    freeName: written.nameEnds === 'free',
    ...(from === undefined ? {} : { from: from.rank as LoincRank }),
    columns: [...(from?.columns ?? []), ...written.columns] as readonly LoincColumn[],
  };
});

export function layoutOf(rank: LoincRank): LoincLayout {
  const found = LAYOUTS.find((layout) => layout.rank === rank);
  if (found === undefined) throw new RangeError(`No LOINC file ${rank}`);
  return found;
}
