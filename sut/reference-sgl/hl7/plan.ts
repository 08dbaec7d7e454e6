import { shareableIns, type IdentityChange } from '../identity/index.ts';
import type { Ins } from '../model/index.ts';
import type { SentEvent } from './write.ts';

export interface PlannedMessage {
  event: SentEvent;
  /** For A47: the INS that the partners must no longer use. */
  removed?: Ins;
}

/**
 * Messages that tell a change to the partners: A28 for a creation, A31 for an update, A47 for an INS that they hold and
 * must no longer use, that is one lost by an identity that was qualified: no other ever left. What a message brought is
 * not sent back.
 * Source: rules 27 and 28 of the INS implementation guide; protocols.md §7.6.
 */
export function planMessages(change: IdentityChange, faults: ReadonlySet<string>): PlannedMessage[] {
  const { kind, origin, before, after, changed, lostIns, propagate } = change;
  if (origin === 'flux' || kind === 'fusion') return [];
  if (kind === 'creation' || !before) return [{ event: 'A28' }];
  const sharedBefore = faults.has('hl7-ins-non-qualifiee') ? before.ins : shareableIns(before);
  const removed = lostIns && sharedBefore && !faults.has('hl7-sans-a47') ? sharedBefore : undefined;
  const fromInsi = before.status === 'recuperee' || before.status === 'qualifiee';
  const rule27 = fromInsi && (changed.length > 0 || lostIns !== undefined);
  const told = rule27 ? propagate : changed.length > 0 || before.status !== after.status || before.ins !== after.ins;
  if (!told) return [];
  if (!removed) return [{ event: 'A31' }];
  // The number goes first: nobody must read the new traits beside it.
  return [{ event: 'A47', removed }, ...(changed.length > 0 ? [{ event: 'A31' } as const] : [])];
}
