/** Bytes of all remembered answers together. */
const MOST_BYTES = 64 * 1024 * 1024;

interface Remembered {
  readonly change: number;
  readonly body: string;
}

/** Answers as they were given, until something changes. */
export interface Answers {
  /** @param change number of the last change: an answer of before is none */
  get(key: string, change: number): string | undefined;
  put(key: string, change: number, body: string): void;
}

/** The ones that were asked for last are kept, within bounds. */
export function createAnswers(): Answers {
  const kept = new Map<string, Remembered>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.body.length ?? 0;
    kept.delete(key);
  };
  return {
    get(key, change) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      if (found.change !== change) {
        drop(key);
        return undefined;
      }
      kept.delete(key);
      kept.set(key, found);
      return found.body;
    },
    put(key, change, body) {
      drop(key);
      if (body.length > MOST_BYTES / 4) return;
      kept.set(key, { change, body });
      bytes += body.length;
      for (const oldest of kept.keys()) {
        if (bytes <= MOST_BYTES) break;
        drop(oldest);
      }
    },
  };
}
