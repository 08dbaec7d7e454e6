import type { IdentityStatus } from '#sut/driver/index.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Accounts that the bench names; a product that is driven opens their sessions. */
export const ACTOR = 'utilisateur-1';
export const OTHER_ACTOR = 'utilisateur-2';

/** What was done to the identity: a status that it got, its record opened, its INS sent. */
type Act = IdentityStatus | 'consultation' | 'transmission';

const acts = new WeakMap<ScenarioWorld, Map<Act, string>>();

/** Keeps who did it: the journals must name this account. */
export function actedBy(world: ScenarioWorld, act: Act, user: string): void {
  const known = acts.get(world) ?? new Map<Act, string>();
  acts.set(world, known.set(act, user));
}

/** Who did it, as a trace must show it; nothing when the bench did not choose. */
export function authorOf(world: ScenarioWorld, act: Act): { readonly user?: string } {
  const user = acts.get(world)?.get(act);
  return user === undefined ? {} : { user };
}
