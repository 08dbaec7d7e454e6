import { LOCAL_ACTOR } from '../../access/index.ts';
import { problem } from '../problems/index.ts';
import { refuseOtherSites } from './origin.ts';
import type { Entry } from './types.ts';

/**
 * The tracker of one machine: whoever uses its browser. A site that points its name at 127.0.0.1 (DNS rebinding) would carry its
 * own Host, and one that sends a change its own Origin.
 *
 * @param port the one that is listened on
 */
export function aloneEntry(port: () => number): Entry {
  const names = (): readonly string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`, `[::1]:${port()}`];
  return {
    team: false,
    origin: () => `http://127.0.0.1:${port()}`,
    admit: async ({ req }) => {
      if (names().includes(req.header('host')?.toLowerCase() ?? '')) return;
      throw problem('HOTE_REFUSE', { url: `http://127.0.0.1:${port()}/` });
    },
    identify: async () => ({ actor: LOCAL_ACTOR }),
    admitChange: (context) =>
      refuseOtherSites(
        context,
        names().map((name) => `http://${name}`),
      ),
  };
}
