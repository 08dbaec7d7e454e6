import { readFileSync } from 'node:fs';

import type { Category, Wave } from './types.ts';

export interface CategoryData {
  readonly code: Category;
  /** Our own short French title. */
  readonly title: string;
  /** Codes of its project in the tool of the ANS: `BIO` is SGL. */
  readonly tradeCodes: readonly string[];
}

let categories: readonly CategoryData[] | undefined;

/** Families that the programme names; others exist and are named by the user. */
export function loadCategories(): readonly CategoryData[] {
  categories ??= (
    JSON.parse(readFileSync(new URL('./categories.json', import.meta.url), 'utf8')) as { categories: CategoryData[] }
  ).categories;
  return categories;
}

/**
 * Category from what a user types: a known code (any case), a trade code of the ANS (`BIO` gives `SGL`, `DB` gives
 * `DRIMBOX`), or a name of his own.
 *
 * @returns undefined when it cannot be a name: 2 to 20 letters, digits and hyphens, a letter first
 */
export function parseCategory(text: string): Category | undefined {
  const name = text.trim().toUpperCase();
  const known = loadCategories().find((one) => one.code === name) ?? byTradeCode(name);
  if (known !== undefined) return known.code;
  return /^[A-Z][A-Z0-9-]{1,19}$/u.test(name) ? name : undefined;
}

/** The known category of a trade code, e.g. of `BIO`. */
export function byTradeCode(code: string): CategoryData | undefined {
  return loadCategories().find((one) => one.tradeCodes.includes(code));
}

/** Whether a prefix is one that check C6 accepts for a couloir: three letters, or a known code. */
export function isTradeCode(prefix: string): boolean {
  return /^[A-Z]{3}$/u.test(prefix) || byTradeCode(prefix) !== undefined;
}

/** Wave from `va1`, `VA2`, `vague 1`, `1`; undefined when it is none. */
export function parseWave(text: string): Wave | undefined {
  const number = /^(?:va|vague)?\s*([1-9])$/iu.exec(text.trim())?.[1];
  return number === undefined ? undefined : `va${Number(number)}`;
}
