import data from './vocabulary.json' with { type: 'json' };
import type { DocumentKind, LineCategory, Payer, SignatureKind } from './types.ts';
import { findWords, fold, type Negations } from './words.ts';

/** What a category is to the Ségur service: part of it, catch-up to be kept apart, never funded, or something else. */
export type Nature = 'service' | 'catch-up' | 'not-fundable' | 'other';

interface Term {
  readonly title: string;
  readonly aliases?: readonly string[];
}
interface CategoryTerm extends Term {
  readonly nature: Nature;
  readonly words: readonly string[];
}
type Terms<Code extends string> = Readonly<Record<Code, Term>>;

const compile = (patterns: readonly string[]): readonly RegExp[] =>
  patterns.map((pattern) => new RegExp(pattern, 'gu'));

/** Sentences that say what has to be said, in our words. */
export const SENTENCES = data.sentences;
export const KINDS: Terms<DocumentKind> = data.kinds;
export const PAYERS: Terms<Payer> = data.payers;
export const SIGNATURES: Terms<SignatureKind> = data.signatures;
export const ACCEPTANCES: Terms<'VA' | 'MOM'> = data.acceptances;
export const RESERVES: Terms<'aucune' | 'non-bloquantes' | 'bloquantes'> = data.reserves;
export const AMENDMENT_STATUSES: Terms<'a-deposer' | 'deposee' | 'decidee-et-payee' | 'abandonnee'> =
  data.amendmentStatuses;
export const CATEGORIES = data.categories as Readonly<Record<LineCategory, CategoryTerm>>;
/** The five pieces of an enrolment. */
export const PIECES: Readonly<Record<string, Term>> = data.pieces;

const { patterns } = data;
const NEGATIONS: Negations = {
  before: new RegExp(patterns.negationBefore, 'u'),
  after: new RegExp(patterns.negationAfter, 'u'),
};
/** A condition is denied just before it: « sans frais, sous réserve de… » denies the cost only. */
const DENIALS: Negations = { ...NEGATIONS, before: new RegExp(patterns.denialBefore, 'u') };
const STATE = compile(patterns.state);
const SEGUR = compile(patterns.segur);
const SUN_ES = compile(patterns.sunEs);
const PURCHASE = compile(patterns.purchase);
const CONDITIONAL = {
  days: compile(patterns.conditional.days),
  file: compile(patterns.conditional.file),
  referencing: compile(patterns.conditional.referencing),
};
const ADDRESS = new RegExp(patterns.address, 'iu');
const WORDS = (Object.keys(CATEGORIES) as LineCategory[]).map((category) => ({
  category,
  // A whole word: « formation » is not found in « information ».
  patterns: compile(CATEGORIES[category].words.map((words) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`)),
}));

/** « montant pris en charge par l'État au titre du Ségur », in one of the known forms. */
export const saysState = (text: string): boolean => findWords(text, STATE) !== undefined;
export const saysSegur = (text: string): boolean => findWords(text, SEGUR, NEGATIONS) !== undefined;
export const sunEsIn = (text: string): string | undefined => findWords(text, SUN_ES, NEGATIONS);
export const purchaseIn = (text: string): string | undefined => findWords(text, PURCHASE, DENIALS);
export const isMssanteAddress = (text: string): boolean => ADDRESS.test(text.trim());

/** What the sentence of an order signed before the referencing lacks; empty when it says all. */
export function missingOfConditional(text: string): readonly ('days' | 'file' | 'referencing')[] {
  return (['days', 'file', 'referencing'] as const).filter((part) => findWords(text, CONDITIONAL[part]) === undefined);
}

/** Categories that a label names, with its words. */
export function categoriesIn(
  label: string,
): readonly { readonly category: LineCategory; readonly nature: Nature; readonly words: string }[] {
  return WORDS.flatMap(({ category, patterns: known }) => {
    const words = findWords(label, known, NEGATIONS);
    return words === undefined ? [] : [{ category, nature: CATEGORIES[category].nature, words }];
  });
}

/** The code that a person names by its code, its title or another usual name, whatever case and accents. */
export function codeOf<Code extends string>(terms: Terms<Code>, text: string): Code | undefined {
  const folded = fold(text);
  return (Object.keys(terms) as Code[]).find((code) =>
    [code, terms[code].title, ...(terms[code].aliases ?? [])].some((name) => fold(name) === folded),
  );
}
