/**
 * How long the same order may come again. Ctrl-C reaches a program and its launcher, and the launcher (bin/jalon)
 * passes on what it gets: the second signal is then an echo, not somebody who insists.
 */
const ECHO_MS = 1_000;

/**
 * Calls back at the first SIGINT or SIGTERM. Those of the following second are ignored; a later one is left to the
 * system, so that nobody is ever trapped.
 *
 * @returns stops listening
 */
function onFirstSignal(stop: () => void): () => void {
  let stopping = false;
  const heard = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(release, ECHO_MS).unref();
    stop();
  };
  const release = (): void => {
    process.off('SIGINT', heard);
    process.off('SIGTERM', heard);
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  return release;
}

/** Resolves at the first SIGINT or SIGTERM. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    onFirstSignal(resolve);
  });
}

/** A signal aborted at the first SIGINT or SIGTERM, and the way to stop listening. */
export function stopSignal(onStop: () => void): { readonly signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const release = onFirstSignal(() => {
    controller.abort();
    onStop();
  });
  return { signal: controller.signal, release };
}
