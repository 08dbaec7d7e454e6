import { guardFor, openDesk, type Desk, type Guard } from '#evidence/intake/index.ts';
import type { Vault } from '#evidence/vault/index.ts';
import { vaultOf } from './open-vault.ts';

/** Where people bring their pieces, with the guard that knows the test identities of the bench. */
export async function deskOf(dataDir: string): Promise<{ readonly desk: Desk; readonly vault: Vault }> {
  const vault = vaultOf(dataDir);
  return { desk: openDesk(vault, await guardOfBench()), vault };
}

/** Looks into pieces; the people that the bench made up are no alarm. */
export async function guardOfBench(): Promise<Guard> {
  const [{ createPopulation }, { knownPeople }] = await Promise.all([
    import('#mocks/population/index.ts'),
    import('#steps/people/index.ts'),
  ]);
  return guardFor(knownPeople(createPopulation()));
}
