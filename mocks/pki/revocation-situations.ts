import type { Situation, Situations } from '../situations/types.ts';

const UNREACHABLE_LIST = 'liste-revocation-injoignable';
const SHORT_LIST = 'liste-revocation-courte';
const UNREACHABLE_OCSP = 'ocsp-injoignable';
const DEFAULT_MINUTES = 5;
const MAX_MINUTES = 7 * 24 * 60;
const MAX_AFTER = 1000;

/** What the publication of revocations can play. Source: ECO.1.1.6, ECO.1.1.7 (the last valid CRL is kept). */
export const REVOCATION_SITUATIONS: readonly string[] = [UNREACHABLE_LIST, SHORT_LIST, UNREACHABLE_OCSP];

interface PlayedRevocation {
  /** What the next request of a CRL meets; `lifeMs`: time until its nextUpdate, absent when plain. */
  crl(): { readonly unreachable: boolean; readonly lifeMs?: number };
  ocspIsUnreachable(): boolean;
}

/**
 * Announces the situations of the publication. `liste-revocation-injoignable` answers 503, once `after` requests were
 * answered (0 when absent); `liste-revocation-courte` gives a list whose nextUpdate is in `minutes` (5 when absent).
 */
export function announceRevocation(situations: Situations): PlayedRevocation {
  situations.announce('pki', REVOCATION_SITUATIONS, ({ situation, times, parameters }) => {
    if (situation === UNREACHABLE_LIST && parameters?.['after'] !== undefined) {
      if (times !== undefined) return '« after » se donne sans « times » : la liste reste injoignable ensuite';
      return isWholeBetween(parameters['after'], 0, MAX_AFTER)
        ? undefined
        : `« after » est un nombre entier de listes encore servies, de 0 à ${MAX_AFTER}`;
    }
    if (situation === SHORT_LIST && parameters?.['minutes'] !== undefined) {
      return isWholeBetween(parameters['minutes'], 1, MAX_MINUTES)
        ? undefined
        : `« minutes » est un nombre entier de minutes, de 1 à ${MAX_MINUTES}`;
    }
    return undefined;
  });
  /** Lists served since each situation was set. */
  const served = new WeakMap<Situation, number>();
  const isOut = (): boolean => {
    const situation = situations.take('pki', undefined, [UNREACHABLE_LIST]);
    if (situation === undefined) return false;
    const before = served.get(situation) ?? 0;
    if (before >= Number(situation.parameters?.['after'] ?? 0)) return true;
    served.set(situation, before + 1);
    return false;
  };
  return {
    crl() {
      if (isOut()) return { unreachable: true };
      const short = situations.take('pki', undefined, [SHORT_LIST]);
      if (short === undefined) return { unreachable: false };
      return { unreachable: false, lifeMs: Number(short.parameters?.['minutes'] ?? DEFAULT_MINUTES) * 60_000 };
    },
    ocspIsUnreachable: () => situations.take('pki', undefined, [UNREACHABLE_OCSP]) !== undefined,
  };
}

function isWholeBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
