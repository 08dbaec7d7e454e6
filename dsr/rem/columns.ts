import { readFileSync } from 'node:fs';

import type { Field } from './header.ts';

/**
 * What a vendor column written by `rem export` holds and the reader does not read back: the tracker is its source, or the
 * user's own classifications.
 */
export type TrackerField = 'status' | 'pieces' | 'lastRun' | 'classification';

export interface ColumnSpec<F extends string> {
  readonly field: F;
  /** Header as it is written. */
  readonly label: string;
}

export type LayoutName = 'rem-wave1' | 'rem-wave2' | 'convergence';

/** The columns of the official layouts, and those that Jalon adds on the right. Source: `columns.json`. */
export interface ColumnsData {
  /** How many pairs of proof columns the plugin of the ANS writes. */
  readonly pairs: number;
  /** `pairs` stands for all pairs (number, wording), `pair` for the one of the Convergence feed. */
  readonly layouts: Readonly<Record<LayoutName, { readonly columns: readonly ColumnSpec<Field | 'pairs' | 'pair'>[] }>>;
  /** What the model holds and a layout has no column for; written with the prefix, read back. */
  readonly complement: { readonly prefix: string; readonly columns: readonly ColumnSpec<Field>[] };
  /** The vendor's own fields, written with the same prefix. */
  readonly vendor: { readonly columns: readonly ColumnSpec<Field | TrackerField>[] };
}

let columns: ColumnsData | undefined;

export function loadColumns(): ColumnsData {
  columns ??= JSON.parse(readFileSync(new URL('./columns.json', import.meta.url), 'utf8')) as ColumnsData;
  return columns;
}
