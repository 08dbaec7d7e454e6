import type { RequirementNote, ScenarioNote, VendorAnswer } from './types.ts';

/** What a column of a REM workbook holds, whatever its place and the exact words of its header. */
export type Field =
  | RequirementNote
  | ScenarioNote
  | VendorAnswer
  | 'profile'
  | 'sectionId'
  | 'section'
  | 'block'
  | 'function'
  | 'nature'
  | 'requirementId'
  | 'statement'
  | 'scenarioId'
  | 'scenario'
  | 'previousId';

/** One pair of proof columns: number and wording. */
export interface PairHeader {
  readonly part: 'id' | 'text';
  /** Number in the header, 0 when the header has none. */
  readonly rank: number;
}

export type HeaderMeaning = { readonly field: Field } | { readonly pair: PairHeader };

const FIELDS: readonly (readonly [RegExp, Field])[] = [
  [/^exigence conditionnelle/u, 'conditional'],
  [/^profils?$/u, 'profile'],
  [/^profil historique$/u, 'profileHistory'],
  [/^(id|n|code) (de )?(la )?section$/u, 'sectionId'],
  [/^section$|^chapitre$/u, 'section'],
  [/^blocs?$/u, 'block'],
  [/^fonctions?$/u, 'function'],
  [/^nature( de l exigence)?$/u, 'nature'],
  [/^id$|^(id|n) (de )?(l )?exigence$/u, 'requirementId'],
  [/^enonces?( |$)|^exigence$/u, 'statement'],
  [/^(id|n) (de |du )?scenario( de conformite)?$/u, 'scenarioId'],
  [/^scenarios?( de conformite)?$/u, 'scenario'],
  [/^statut( de)? publication$/u, 'publicationStatus'],
  [/^va n 1$/u, 'previousId'],
  [/^criticite$/u, 'criticality'],
  [/^perimetre$/u, 'perimeter'],
  [/^commentaires?$/u, 'comment'],
  [/^ordre$/u, 'order'],
  [/^version$/u, 'version'],
];

/**
 * Text of a header without what people and spreadsheets change: case, accents, apostrophes, punctuation, spaces of
 * every kind. `N°`, `No`, `Numéro` become `n`.
 */
export function headerKey(text: string): string {
  return text
    .replace(/[°º]/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()
    .replace(/\b(numero|num|no)\b/gu, 'n');
}

/** What a header means; undefined when it is none that a REM has. */
export function meaningOf(header: string): HeaderMeaning | undefined {
  const key = headerKey(header);
  if (key === '') return undefined;
  const id = /^(?:id|n) (?:de )?(?:la )?preuve(?: n)?(?: ?(\d{1,2}))?$/u.exec(key);
  if (id !== null) return { pair: { part: 'id', rank: Number(id[1] ?? 0) } };
  const text = /^preuve(?: n)?(?: ?(\d{1,2}))?$/u.exec(key);
  if (text !== null) return { pair: { part: 'text', rank: Number(text[1] ?? 0) } };
  const field = FIELDS.find(([pattern]) => pattern.test(key))?.[1];
  return field === undefined ? undefined : { field };
}
