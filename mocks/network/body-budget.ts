/** Bytes of a body that are never counted: a small honest call is read whatever the others send. */
const FREE_BYTES = 64 * 1024;

/** What one request holds of the budget of its listener. */
export interface BodyClaim {
  /** Asks for more bytes; false when the listener already holds as much as it may. */
  grow(bytes: number): boolean;
  /** Gives back everything; may be called again. */
  release(): void;
}

/** Bounds the bytes of all the bodies that a listener holds at once, being read or being answered. */
export function createBodyBudget(maxBytes: number): { claim(): BodyClaim } {
  let held = 0;
  return {
    claim() {
      let size = 0;
      let counted = 0;
      return {
        grow(bytes) {
          size += bytes;
          const wanted = Math.max(0, size - FREE_BYTES) - counted;
          if (held + wanted > maxBytes) return false;
          held += wanted;
          counted += wanted;
          return true;
        },
        release() {
          held -= counted;
          counted = 0;
          size = 0;
        },
      };
    },
  };
}
