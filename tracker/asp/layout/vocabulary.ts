import data from './vocabulary.json' with { type: 'json' };

export type ValueType = 'text' | 'date' | 'cents' | 'rate' | 'integer' | 'boolean';

/** A value that a mapping may name. */
export interface Word {
  readonly type: ValueType;
  /** French, as told when it is missing. */
  readonly label: string;
  /** French, how to have it. */
  readonly way: string;
  /** Codes of reasons that tell its absence already. */
  readonly saidBy?: readonly string[];
}

export interface ListWord {
  readonly label: string;
  readonly values: ReadonlyMap<string, Word>;
}

/** A row number of the list being walked; every list has it. */
const INDEX: Word = { type: 'integer', label: 'le rang', way: 'Relancez la demande.' };

const wordsOf = (words: object): ReadonlyMap<string, Word> => new Map(Object.entries(words) as [string, Word][]);

/** Values of a request, by path. */
export const VALUES: ReadonlyMap<string, Word> = wordsOf(data.values);

/** Lists of a request, by path, with the values of their items. */
export const LISTS: ReadonlyMap<string, ListWord> = new Map(
  Object.entries(data.lists).map(([path, { label, values }]) => [
    path,
    { label, values: new Map([...wordsOf(values), ['index', INDEX]]) },
  ]),
);

export type Scalar = string | number | boolean;
export type Row = ReadonlyMap<string, Scalar>;

/** A request as mappings see it: values by path, lists of rows by path. What is not known is absent. */
export interface Model {
  readonly values: Row;
  readonly lists: ReadonlyMap<string, readonly Row[]>;
}
