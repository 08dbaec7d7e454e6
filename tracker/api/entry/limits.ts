import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../problems/index.ts';

/** How many calls in how many seconds. */
export interface Limits {
  /** Calls of somebody who logged in. */
  readonly calls: { readonly points: number; readonly duration: number };
  /** Calls of somebody who did not, by address. */
  readonly strangers: { readonly points: number; readonly duration: number };
  /** Passwords tried, by address. */
  readonly logins: { readonly points: number; readonly duration: number };
  /** Wrong passwords of one account. */
  readonly failures: { readonly points: number; readonly duration: number };
}

export const LIMITS: Limits = {
  calls: { points: 3_000, duration: 60 },
  strangers: { points: 300, duration: 60 },
  logins: { points: 30, duration: 600 },
  failures: { points: 10, duration: 900 },
};

/** Counts, and refuses what is too much. */
export interface Limiter {
  /** @throws {Problem} 429 `TROP_D_APPELS` with `Retry-After` */
  take(kind: keyof Limits, key: string): Promise<void>;
  /** Whether nothing is left, without taking any. @throws {Problem} 429 */
  check(kind: keyof Limits, key: string): Promise<void>;
}

export function createLimiter(limits: Limits): Limiter {
  const counters = new Map(
    (Object.keys(limits) as readonly (keyof Limits)[]).map((kind) => [kind, new RateLimiterMemory(limits[kind])]),
  );
  const counterOf = (kind: keyof Limits): RateLimiterMemory => {
    const counter = counters.get(kind);
    if (counter === undefined) throw new TypeError(`aucune limite « ${kind} »`);
    return counter;
  };
  return {
    async take(kind, key) {
      try {
        await counterOf(kind).consume(key);
      } catch (refused) {
        if (refused instanceof RateLimiterRes) throw tooMany(refused.msBeforeNext);
        throw refused;
      }
    },
    async check(kind, key) {
      const state = await counterOf(kind).get(key);
      if (state !== null && state.remainingPoints <= 0) throw tooMany(state.msBeforeNext);
    },
  };
}

function tooMany(ms: number): Error {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return problem('TROP_D_APPELS', { seconds }, { headers: { 'retry-after': String(seconds) } });
}
