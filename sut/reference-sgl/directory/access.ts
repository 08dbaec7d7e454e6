import type { IncomingHttpHeaders } from 'node:http';
import { SglError, type SglConfig } from '../model/index.ts';

/** How this system calls the directory: its settings, its faults, and the patience that all its calls share. */
export interface DirectoryAccess {
  readonly config: SglConfig;
  readonly faults: ReadonlySet<string>;
  /**
   * Asks, and asks again after a 429 or a 5xx, less and less often and a few times only. Nothing is asked before the end of
   * the delay that the directory gave, to this call or to another (Retry-After, RFC 9110 §10.2.3).
   * Source: protocols.md §6, assert N4.
   *
   * @returns the last answer, whatever it says
   * @throws {SglError} `ANNUAIRE_INDISPONIBLE` when the directory asked to wait longer than a user can; what `ask` throws
   */
  readonly persist: <Answer extends Answered>(ask: () => Promise<Answer>) => Promise<Answer>;
}

/** What an answer must say for this system to know whether to ask again. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Lets go of an answer that nobody will read. */
  drop?(): void;
}

/** Waits before asking again. */
const BACK_OFF_MS: readonly number[] = [200, 1000];
/** Only with its fault. */
const WITHOUT_PAUSE: readonly number[] = Array.from({ length: 9 }, () => 0);
/** Nobody waits longer than this before a screen: the last copy answers. */
const LONGEST_MS = 30_000;

/** @param deps `wait`: how to let time pass between two tries */
export function createDirectoryAccess(
  config: SglConfig,
  deps: { now: () => Date; wait: (ms: number) => Promise<void>; faults?: ReadonlySet<string> },
): DirectoryAccess {
  const { now, wait, faults = new Set<string>() } = deps;
  const pauses = faults.has('ann-insistance') ? WITHOUT_PAUSE : BACK_OFF_MS;
  /** Nothing is asked before. */
  let notBefore = 0;

  const hold = async (): Promise<void> => {
    const left = notBefore - now().getTime();
    if (left <= 0) return;
    if (left > LONGEST_MS) {
      throw new SglError(
        'ANNUAIRE_INDISPONIBLE',
        `L'annuaire demande d'attendre encore ${Math.ceil(left / 1000)} secondes.`,
        'Réessayez plus tard, ou cherchez parmi les correspondants déjà importés.',
      );
    }
    await wait(left);
  };

  return {
    config,
    faults,
    async persist(ask) {
      await hold();
      for (const pause of [...pauses, undefined]) {
        const answer = await ask();
        const delay = faults.has('ann-retry-after-ignore') ? 0 : delayAsked(answer, now());
        if (delay > 0) notBefore = now().getTime() + delay;
        const passing = answer.status === 429 || answer.status >= 500;
        const enough = pause === undefined || delay > LONGEST_MS || faults.has('ann-sans-reessai');
        if (!passing || enough) return answer;
        answer.drop?.();
        await wait(Math.max(pause, delay));
      }
      throw new Error('unreachable: the last pause ends the loop');
    },
  };
}

/** Milliseconds that a 429 or a 503 asks to wait, in seconds or as a date; 0 when it asks nothing. */
function delayAsked({ status, headers }: Answered, now: Date): number {
  if (status !== 429 && status !== 503) return 0;
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}
