/** Counts the calls about one person: the retry policy of the product is judged on it (protocols.md annex B.1). */
export interface CallCounter {
  /** @returns rank of this call for the person, from 1 */
  next(person: string): number;
  /** @returns rank of the answer, whoever it is about, from 0 */
  turn(): number;
  reset(): void;
}

/** People counted at once; beyond, the one counted first is forgotten. */
const MAX_PEOPLE = 5000;

/** Makes an empty counter, bounded whatever is sent to it. */
export function createCallCounter(): CallCounter {
  const calls = new Map<string, number>();
  let answers = 0;
  return {
    next(person) {
      const rank = (calls.get(person) ?? 0) + 1;
      calls.set(person, rank);
      if (calls.size > MAX_PEOPLE) {
        const [oldest] = calls.keys();
        if (oldest !== undefined) calls.delete(oldest);
      }
      return rank;
    },
    turn: () => answers++,
    reset() {
      calls.clear();
      answers = 0;
    },
  };
}
