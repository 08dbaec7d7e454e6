import data from './vocabulary.json' with { type: 'json' };
import type { DocumentKind, LineCategory, Payer, SignatureKind } from './types.ts';
import { findAllWords, fold, hasWords, type Negations } from './words.ts';

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
const anyOf = (words: readonly string[]): string => `(?:${words.join('|')})`;
const { purchase, residual } = patterns;
/** From one group of words to another, in one sentence, with nothing between them that denies the link. */
const followed = (first: readonly string[], then: readonly string[]): string =>
  `\\b${anyOf(first)}\\b(?:(?!${patterns.deniedWithin})[^.;!?]){0,80}?\\b${anyOf(then)}\\b`;
const STATE = compile(patterns.state);
const SEGUR = compile(patterns.segur);
const SUN_ES = compile(patterns.sunEs);
const PURCHASE = compile([
  followed(purchase.triggers, purchase.objects),
  followed(purchase.restrictions, purchase.acts),
  followed(purchase.bought, purchase.obligations),
  `\\b${anyOf(purchase.without)}${anyOf(purchase.acts)}\\b`,
]);
const REMAINDER = compile([`\\b${anyOf(residual.remainder)}\\b`]);
const CHARGED = compile(
  residual.charged.map((words) => `\\b(?:${words.replaceAll('CLIENT', `\\b${residual.client}\\b`)})`),
);
const CHARGE_DENIALS: Negations = {
  before: new RegExp(residual.denialBefore, 'u'),
  after: new RegExp(residual.denialAfter, 'u'),
};
const AMOUNT = compile(residual.amount);
const PENALTY = compile(residual.penalty);
const CONDITIONAL = {
  days: compile(patterns.conditional.days),
  file: compile(patterns.conditional.file),
  referencing: compile(patterns.conditional.referencing),
};
const WORDS = (Object.keys(CATEGORIES) as LineCategory[]).map((category) => ({
  category,
  // A whole word: « formation » is not found in « information ».
  patterns: compile(CATEGORIES[category].words.map((words) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`)),
}));

/** « montant pris en charge par l'État au titre du Ségur », in one of the known forms. */
export const saysState = (text: string): boolean => hasWords(text, STATE);
export const saysSegur = (text: string): boolean => hasWords(text, SEGUR, NEGATIONS);
/** Said to be out of the Ségur: it is only named to be denied (« hors Ségur »). */
export const deniesSegur = (text: string): boolean => hasWords(text, SEGUR) && !saysSegur(text);
export const sunEsIn = (text: string): readonly string[] => findAllWords(text, SUN_ES, NEGATIONS);
export const purchaseIn = (text: string): readonly string[] => findAllWords(text, PURCHASE, DENIALS);

/** What a sentence says that the client pays. */
export interface ToldCharge {
  /** The words that say it. */
  readonly words: readonly string[];
  /** Whether they say « reste à charge ». */
  readonly remainder: boolean;
  /** Whether an amount, more than nothing, is given. */
  readonly amount: boolean;
}

/** Words of a sentence by which the client pays something; undefined when there are none, or it denies them. */
export function chargeIn(sentence: string): ToldCharge | undefined {
  const words = findAllWords(sentence, [...REMAINDER, ...CHARGED], CHARGE_DENIALS);
  // What a late payer owes is no part of the service.
  if (words.length === 0 || hasWords(sentence, PENALTY)) return undefined;
  const remainder = hasWords(sentence, REMAINDER, CHARGE_DENIALS);
  return { words, remainder, amount: hasWords(sentence, AMOUNT) };
}

/** What the sentence of an order signed before the referencing lacks; empty when it says all. */
export function missingOfConditional(text: string): readonly ('days' | 'file' | 'referencing')[] {
  return (['days', 'file', 'referencing'] as const).filter((part) => !hasWords(text, CONDITIONAL[part]));
}

/**
 * Categories that a text names, each with its words.
 *
 * @param negations of what is named only to be left out (« hors boîtes aux lettres »); null: what is named counts
 */
export function categoriesIn(
  text: string,
  negations: Negations | null = NEGATIONS,
): readonly { readonly category: LineCategory; readonly nature: Nature; readonly words: readonly string[] }[] {
  return WORDS.flatMap(({ category, patterns: known }) => {
    const words = findAllWords(text, known, negations ?? {});
    return words.length === 0 ? [] : [{ category, nature: CATEGORIES[category].nature, words }];
  });
}

/** The code that a person names by its code, its title or another usual name, whatever case and accents. */
export function codeOf<Code extends string>(terms: Terms<Code>, text: string): Code | undefined {
  const folded = fold(text);
  return (Object.keys(terms) as Code[]).find((code) =>
    [code, terms[code].title, ...(terms[code].aliases ?? [])].some((name) => fold(name) === folded),
  );
}
