/** Bytes of all remembered answers together. */
const MOST_BYTES = 64 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

interface Remembered {
  readonly change: number;
  readonly body: Promise<Bytes>;
  size: number;
}

/** Answers as they were given, until something changes. */
export interface Answers {
  /**
   * The answer of before, or a new one; those who ask while it is made wait for the same one.
   *
   * @param change number of the last change: an answer of before is none
   */
  given(key: string, change: number, make: () => Promise<Bytes>): Promise<Bytes>;
}

/** The ones that were asked for last are kept, within bounds. */
export function createAnswers(): Answers {
  const kept = new Map<string, Remembered>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    async given(key, change, make) {
      const known = kept.get(key);
      if (known?.change === change) {
        // Asked for last: dropped last.
        kept.delete(key);
        kept.set(key, known);
        return known.body;
      }
      drop(key);
      const made: Remembered = { change, body: make(), size: 0 };
      kept.set(key, made);
      try {
        const body = await made.body;
        if (kept.get(key) !== made) return body;
        made.size = body.length;
        bytes += body.length;
        for (const oldest of kept.keys()) {
          if (bytes <= MOST_BYTES) break;
          drop(oldest);
        }
        return body;
      } catch (error) {
        if (kept.get(key) === made) drop(key);
        throw error;
      }
    },
  };
}
