/** A failure that the user can read: stable code, French sentence, French remedy. The cause never leaves the log. */
export class SglError extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, reason: string, remedy: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.name = 'SglError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** Not a failure: the system would not, and says why to its user (a lock, a missing field, a blocked call). */
export class Refusal extends SglError {
  constructor(code: string, reason: string, remedy = '') {
    super(code, reason, remedy);
    this.name = 'Refusal';
  }
}

/** What to show of anything caught. */
export function asSglError(error: unknown): SglError {
  if (error instanceof SglError) return error;
  return new SglError(
    'SGL_INTERNE',
    'Le logiciel a rencontré une erreur inattendue.',
    'Consultez le journal technique du logiciel et prévenez son éditeur.',
    { cause: error },
  );
}

/**
 * What the technical log may keep of an error and of its causes: names, codes and messages. Nothing else is taken,
 * because libraries hang whole answers on their errors, tokens included.
 */
export function describeError(error: unknown): object[] {
  const chain: object[] = [];
  let current = error;
  while (current instanceof Error && chain.length < 5) {
    const { code } = current as { code?: unknown };
    chain.push({ name: current.name, message: current.message, ...(typeof code === 'string' && { code }) });
    current = current.cause;
  }
  return chain;
}
