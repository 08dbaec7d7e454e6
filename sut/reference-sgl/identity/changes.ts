import type { Ins, Patient, Traits } from '../model/index.ts';
import { changedTraits } from './traits.ts';

/** What happened to an identity, for who must tell others of it. */
export interface IdentityChange {
  readonly kind: 'creation' | 'modification' | 'fusion';
  /** Where it comes from: what a message brought is not sent back. */
  readonly origin: 'saisie' | 'insi' | 'flux';
  readonly at: Date;
  readonly user: string;
  readonly before?: Patient;
  readonly after: Patient;
  readonly changed: readonly (keyof Traits)[];
  /** The INS that was taken away, when one was and none replaced it. */
  readonly lostIns?: Ins;
  /** Rule 27: a change of a retrieved or qualified identity is told to the partners who received it. */
  readonly propagate: boolean;
}

/** Describes the passage from one state of an identity to the next. */
export function describeChange(
  before: Patient,
  after: Patient,
  context: Pick<IdentityChange, 'at' | 'user' | 'origin'>,
): IdentityChange {
  const changed = changedTraits(before.traits, after.traits);
  const lost = before.ins && !after.ins ? before.ins : undefined;
  const known = before.status === 'recuperee' || before.status === 'qualifiee';
  return {
    ...context,
    kind: 'modification',
    before,
    after,
    changed,
    ...(lost && { lostIns: lost }),
    propagate: known && context.origin !== 'flux' && (changed.length > 0 || lost !== undefined),
  };
}
