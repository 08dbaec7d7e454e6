import { randomInt } from 'node:crypto';

/** Codes that prove that somebody reads an address (SSI/IE.31). */
export interface EmailCodes {
  /** A new code for this address; the former one no longer counts. */
  issue(user: string, address: string): void;
  /** The code that waits, for the screen that stands for the mail of a real system. */
  waiting(user: string): { address: string; code: string } | undefined;
  /** True once, for the right code within its time; wrong ones use it up. */
  confirm(user: string, code: string): string | undefined;
}

const LIFE_MS = 15 * 60_000;
const MAX_TRIES = 5;

export function createEmailCodes(now: () => Date): EmailCodes {
  const codes = new Map<string, { address: string; code: string; until: number; tries: number }>();
  const live = (user: string): { address: string; code: string; tries: number } | undefined => {
    const waiting = codes.get(user);
    if (waiting && waiting.until >= now().getTime() && waiting.tries < MAX_TRIES) return waiting;
    codes.delete(user);
    return undefined;
  };
  return {
    issue(user, address) {
      const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
      codes.set(user, { address, code, until: now().getTime() + LIFE_MS, tries: 0 });
    },
    waiting(user) {
      const waiting = live(user);
      return waiting && { address: waiting.address, code: waiting.code };
    },
    confirm(user, code) {
      const waiting = live(user);
      if (!waiting) return undefined;
      waiting.tries += 1;
      if (waiting.code !== code) return undefined;
      codes.delete(user);
      return waiting.address;
    },
  };
}
