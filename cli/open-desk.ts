import { guardAgainstRealPatients, maskSecrets, viewsOf } from '#evidence/index.ts';
import { openDesk, type Desk, type Guard } from '#evidence/intake/index.ts';
import type { Vault } from '#evidence/vault/index.ts';
import { vaultOf } from './open-vault.ts';

/** Where people bring their pieces, with the guard that knows the test identities of the bench. */
export async function deskOf(dataDir: string): Promise<{ readonly desk: Desk; readonly vault: Vault }> {
  const vault = vaultOf(dataDir);
  return { desk: openDesk(vault, await guardOfBench()), vault };
}

/** Looks into pieces; the identities that the bench hands out are no alarm. */
export async function guardOfBench(): Promise<Guard> {
  const { createPopulation } = await import('#mocks/population/index.ts');
  const known = new Set(
    createPopulation().patients.flatMap(({ ins, history }) => [ins, ...history.map((former) => former.ins)]),
  );
  const lookAt: Guard['lookAt'] = async ({ bytes, mediaType }) => {
    const refusals = guardAgainstRealPatients(await viewsOf(bytes, mediaType), known);
    return {
      alarms: refusals.map(({ code, where, message }, rank) => ({
        id: `${code}-${rank + 1}`,
        code,
        where,
        message,
        maskable: false,
      })),
      notLookedInto: [],
    };
  };
  return {
    lookAt,
    async mask(piece, keep) {
      const { alarms } = await lookAt(piece);
      return {
        bytes: maskSecrets(piece.bytes, piece.mediaType).bytes,
        masks: [],
        unmaskable: alarms.filter(({ id }) => !keep.has(id)),
      };
    },
  };
}
