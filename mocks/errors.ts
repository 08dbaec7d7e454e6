/**
 * An error of the bench itself, never of the product under test: stable code, French sentence saying what and where,
 * French remedy, cause kept.
 */
export class BenchError extends Error {
  readonly code: string;
  /** What the user can do about it, in French. */
  readonly remedy: string;

  /**
   * @param code stable, upper snake case, e.g. `PORT_IN_USE`
   * @param message French: what happened and where
   * @param remedy French: what to do
   * @param options `cause` keeps the original error
   */
  constructor(code: string, message: string, remedy: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'BenchError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** Sentence of any thrown value, for a log or an outcome. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Node error code (`EADDRINUSE`, `ENOENT`…), undefined when the value carries none. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
