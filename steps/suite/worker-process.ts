/** A failure of the bench as it crosses to the process that started this one. */
export interface WorkerFailure {
  readonly kind: 'failed';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Makes this process obey the one that started it, until their channel closes: it ends then, and its product with it.
 *
 * @param obey does what a message asks; what it throws is told back
 * @param relaunch French: how the user sees more of a failure that is the bench's own
 */
export function serveParent(obey: (message: unknown) => Promise<void>, relaunch: string): void {
  process.on('message', (message: unknown) => {
    obey(message).catch((error: unknown) => void process.send?.(failureOf(error, relaunch)));
  });
  // Ctrl-C and the end of a session reach the whole group: whoever started this process says when it stops.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  process.on('disconnect', () => process.exit(0));
}

function failureOf(error: unknown, relaunch: string): WorkerFailure {
  const { code, remedy } = error as { readonly code?: unknown; readonly remedy?: unknown };
  return {
    kind: 'failed',
    code: typeof code === 'string' ? code : 'BANC',
    message: error instanceof Error ? error.message : String(error),
    remedy: typeof remedy === 'string' ? remedy : `Ce n’est pas une faute du produit : ${relaunch}`,
  };
}
