import { addMonths, parisDay, type CivilDate } from '#dsr/dates/index.ts';
import { ageLimitOf } from '#dsr/freshness/index.ts';
import type { ProofKind } from '#dsr/rem/index.ts';
import type { SlotState } from '../types.ts';

/** What a slot holds, as far as its age goes. */
export interface SlotContent {
  /** Version of the product that it speaks for; absent for what names none. */
  readonly version?: string;
  /** Why it still holds for another version, as somebody said it. */
  readonly stillHolds?: string;
  /** Reference documents and versions that held when it was made; absent in what earlier versions of Jalon kept. */
  readonly references?: readonly string[];
  /** ISO 8601 UTC: when it was made, or the date that the document itself bears. */
  readonly madeAt: string;
}

/** What a slot asks of it today. */
export interface FreshnessNow {
  readonly version: string;
  readonly references: readonly string[];
  readonly kinds: readonly ProofKind[];
  readonly today: CivilDate;
}

/** States in which a piece is still in the hands of the vendor: what the authority has does not grow old here. */
export const AGEING: ReadonlySet<SlotState> = new Set(['rejouee', 'recueillie', 'a-revoir', 'validee-interne']);

/**
 * Why what a slot holds no longer shows what is asked (DESIGN §4.5): undefined as long as one piece does.
 *
 * @returns a French sentence
 */
export function stalenessOf(contents: readonly SlotContent[], now: FreshnessNow): string | undefined {
  const reasons = contents.map((content) => staleReason(content, now));
  if (reasons.length === 0 || reasons.includes(undefined)) return undefined;
  return [...new Set(reasons)].join(' ');
}

function staleReason(content: SlotContent, now: FreshnessNow): string | undefined {
  const { version, stillHolds, references, madeAt } = content;
  if (version !== undefined && version !== now.version && stillHolds === undefined) {
    return `La pièce vaut pour la version ${version}, pas pour la version ${now.version}.`;
  }
  const changed = references === undefined ? [] : changedReferences(references, now.references);
  if (changed.length > 0) return `Le référentiel a changé depuis la pièce : ${changed.join(' ; ')}.`;
  const limit = ageLimitOf(now.kinds);
  const made = parisDay(new Date(madeAt));
  if (limit !== undefined && addMonths(made, limit.months) < now.today) {
    return `La pièce date du ${made.split('-').toReversed().join('/')} : ${limit.why}.`;
  }
  return undefined;
}

/** Documents whose version is not the one that the piece was made under; one that is no longer cited asks for nothing. */
function changedReferences(then: readonly string[], now: readonly string[]): readonly string[] {
  const versionsThen = new Map(then.map(nameAndVersion));
  return now.flatMap((label) => {
    const [name, version] = nameAndVersion(label);
    const before = versionsThen.get(name);
    return before === undefined || before === version ? [] : [`${name}, ${before} puis ${version}`];
  });
}

/** `Guide d’intégration DMP, 2.10.0`. */
function nameAndVersion(label: string): readonly [string, string] {
  const at = label.lastIndexOf(', ');
  return at < 0 ? [label, ''] : [label.slice(0, at), label.slice(at + 2)];
}
