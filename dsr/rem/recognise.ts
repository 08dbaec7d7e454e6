import { cataloguePrints, isSamePrint, printDistance, printOf } from '../catalogue/index.ts';
import type { Print } from '../catalogue/index.ts';
import { normaliseId } from './id.ts';
import type { ReadRequirement } from './requirement.ts';

/** What the embedded catalogue knows of a requirement, told by its text. */
export type Recognition =
  /** The requirement of this number in the catalogue. */
  | { readonly known: string }
  /** The catalogue gives its number to something else, and knows nothing that looks like it. */
  | { readonly reused: true };

/** A shorter statement looks like too many others. */
const MIN_WORDS = 8;

/** Beyond this, two texts under one number have little in common: measured on the lists of both waves. */
const FAR = 0.34;

/** Under this, two texts under different numbers are one requirement that was renumbered. */
const NEAR = 0.12;

/**
 * Tells which requirement of the embedded catalogue each one of a list is. A number is believed as long as the text does
 * not contradict it: lists are renumbered and numbers are given again, and a scenario written for one requirement must
 * never speak for another.
 *
 * 1. same number, same text; 2. same text under another number; 3. same number, text that looks alike or that says too
 * little; 4. text that looks alike under a number that the list does not use for it. What remains under a known number
 * has it `reused`; what remains under another is unknown and stands in no entry.
 */
export function recognise(requirements: readonly ReadRequirement[]): ReadonlyMap<ReadRequirement, Recognition> {
  const prints = cataloguePrints();
  const found = new Map<ReadRequirement, Recognition>();
  const taken = new Set<string>();
  const take = (requirement: ReadRequirement, id: string): void => {
    found.set(requirement, { known: id });
    taken.add(id);
  };
  const judged = requirements.map((requirement) => ({
    requirement,
    id: catalogueId(requirement.id, prints),
    print: isTelling(requirement) ? printOf(requirement.statement, requirement.scenarios) : undefined,
  }));
  for (const { requirement, id, print } of judged) {
    const own = id === undefined ? undefined : prints.get(id);
    if (id === undefined || own === undefined) continue;
    if (print === undefined || own.some((one) => isSamePrint(one, print))) take(requirement, id);
  }
  const byText = new Map<string, string[]>();
  for (const [id, variants] of prints) {
    for (const one of variants) byText.set(keyOf(one), [...(byText.get(keyOf(one)) ?? []), id]);
  }
  for (const { requirement, print } of judged) {
    if (found.has(requirement) || print === undefined) continue;
    const free = (byText.get(keyOf(print)) ?? []).filter((id) => !taken.has(id));
    if (free.length === 1 && free[0] !== undefined) take(requirement, free[0]);
  }
  for (const { requirement, id, print } of judged) {
    if (found.has(requirement) || print === undefined || id === undefined || taken.has(id)) continue;
    if (distance(prints.get(id) ?? [], print) <= FAR) take(requirement, id);
  }
  for (const { requirement, id, print } of judged) {
    if (found.has(requirement) || print === undefined) continue;
    const near = [...prints].filter(([other, variants]) => !taken.has(other) && distance(variants, print) <= NEAR);
    if (near.length === 1 && near[0] !== undefined) take(requirement, near[0][0]);
    else if (id !== undefined) found.set(requirement, { reused: true });
  }
  return found;
}

/** Number of the catalogue that a list means: its own, or without the prefix of a project (`SC.DMP/UX.14`). */
function catalogueId(id: string, prints: ReadonlyMap<string, unknown>): string | undefined {
  const candidates = [id, id.replace(/^(?:SC|CH|[A-Z]{3})\./u, '')].map(normaliseId);
  return candidates.find((candidate) => prints.has(candidate));
}

function isTelling({ statement }: ReadRequirement): boolean {
  return (statement.match(/[\p{L}\d]+/gu) ?? []).length >= MIN_WORDS;
}

const keyOf = ({ whole, statement }: Print): string => `${whole} ${statement}`;

function distance(variants: readonly Print[], print: Print): number {
  return Math.min(1, ...variants.map((one) => printDistance(one, print)));
}
