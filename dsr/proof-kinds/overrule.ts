import { findSlot } from '../rem/query.ts';
import type { EvidenceClass, ProofKind, ProofSlot, Rem } from '../rem/types.ts';
import { classOf, isExternal, madeByPerson } from './kinds.ts';

/** What the user says of a slot against the catalogue or the rules. One of `kinds` and `evidenceClass` at least. */
export interface Overrule {
  /** Normalised id of the slot. */
  readonly slot: string;
  readonly kinds?: readonly ProofKind[];
  readonly evidenceClass?: EvidenceClass;
  /** Why; shown in reports. */
  readonly reason: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly author?: string;
}

/**
 * The Rem as the user classifies it. The last overrule of a slot wins. New kinds put an end to the choice that the
 * wording offered, and give the class when none is said. What {@link tenableClass} does not let the bench claim is not
 * the bench's, whatever an overrule says: its kinds have to be overruled first.
 *
 * @returns the Rem (the same when nothing applies) and the ids that it does not have, in the order given
 */
export function applyOverrules(
  rem: Rem,
  overrules: readonly Overrule[],
): { readonly rem: Rem; readonly unknown: readonly string[] } {
  const wanted = new Map<string, Overrule>();
  const unknown: string[] = [];
  for (const overrule of overrules) {
    const place = findSlot(rem, overrule.slot);
    if (place === undefined) unknown.push(overrule.slot);
    else wanted.set(place.slot.id, overrule);
  }
  if (wanted.size === 0) return { rem, unknown };
  const requirements = rem.requirements.map((requirement) => {
    const isMeant = requirement.scenarios.some(({ proofs }) => proofs.some(({ id }) => wanted.has(id)));
    if (!isMeant) return requirement;
    const scenarios = requirement.scenarios.map((scenario) => ({
      ...scenario,
      proofs: scenario.proofs.map((slot) => overruled(slot, wanted.get(slot.id))),
    }));
    return { ...requirement, scenarios };
  });
  return { rem: { ...rem, requirements }, unknown };
}

function overruled(slot: ProofSlot, overrule: Overrule | undefined): ProofSlot {
  if (overrule === undefined) return slot;
  const { alternatives, ...rest } = slot;
  const kept = overrule.kinds === undefined && alternatives !== undefined ? { alternatives } : {};
  const kinds = overrule.kinds ?? slot.kinds;
  const said = overrule.evidenceClass ?? (overrule.kinds === undefined ? slot.evidenceClass : classOf(kinds));
  const evidenceClass = tenableClass(said, kinds, kept.alternatives);
  return { ...rest, ...kept, kinds, evidenceClass, classifiedBy: 'user', classifiedReason: overrule.reason };
}

/**
 * The class that a slot can have when one is said for it. The bench claims neither what only an external tool or body
 * delivers (a rehearsal) nor what cannot be complete without a piece that a person makes.
 */
export function tenableClass(
  said: EvidenceClass,
  kinds: readonly ProofKind[],
  alternatives?: readonly (readonly ProofKind[])[],
): EvidenceClass {
  if (said !== 'bench') return said;
  if (isExternal(kinds)) return 'rehearsal';
  return madeByPerson(kinds, alternatives).length > 0 ? 'human' : said;
}
