import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attribution, Peer } from '#formats/exchange/index.ts';
import { BenchError } from '../errors.ts';
import type { BodyReading } from './read-body.ts';
import type { ExchangeInProgress, WireFault } from './types.ts';

/** The exchange being answered, with what the adapter needs that a handler does not see. */
export interface LiveExchange extends ExchangeInProgress {
  /** Forgets the body that was read back from disk. */
  release(): void;
  operation: string | undefined;
  attributed: Attribution;
  sentence: string | undefined;
  fault: WireFault | undefined;
  /** Aborted when the client is gone or the listener closes. */
  readonly gone: AbortSignal;
}

// The resolver of msw is given a clone of the request: only the asynchronous context leads back to the raw exchange.
const storage = new AsyncLocalStorage<LiveExchange>();

/** Makes the record of an exchange that starts. */
export function startExchange(
  { body, spool }: Pick<BodyReading, 'body' | 'spool'>,
  rawHeaders: readonly (readonly [string, string])[],
  peer: Peer,
  gone: AbortSignal,
): LiveExchange {
  let whole: Uint8Array | undefined;
  const live: LiveExchange = {
    // Read back once, when a handler wants it, and forgotten with the exchange.
    get rawBody() {
      return spool ? (whole ??= spool.read()) : body;
    },
    later(piece) {
      if (!spool || piece.buffer !== whole?.buffer) return undefined;
      const start = piece.byteOffset - whole.byteOffset;
      const end = start + piece.byteLength;
      return () => spool.read(start, end);
    },
    release: () => {
      whole = undefined;
    },
    rawHeaders,
    peer,
    gone,
    operation: undefined,
    attributed: {},
    sentence: undefined,
    fault: undefined,
    identify: (operation) => {
      live.operation = operation;
    },
    attribute: (attribution) => {
      live.attributed = { ...live.attributed, ...attribution };
    },
    outcome: (sentence) => {
      live.sentence = sentence;
    },
  };
  return live;
}

/** Runs the handlers of an exchange so that they reach it through `currentExchange()`. */
export function within<Result>(live: LiveExchange, work: () => Promise<Result>): Promise<Result> {
  return storage.run(live, work);
}

function live(): LiveExchange {
  const current = storage.getStore();
  if (current !== undefined) return current;
  throw new BenchError(
    'NO_EXCHANGE',
    "currentExchange() a été appelé hors d'un échange en cours.",
    "N'appeler cette fonction que dans un gestionnaire servi par un écouteur du banc.",
  );
}

/**
 * The exchange that the calling handler is answering: raw body and headers, peer, and what to say about it.
 * @throws {BenchError} `NO_EXCHANGE` outside a handler served by `listenHttps`
 */
export function currentExchange(): ExchangeInProgress {
  return live();
}

/**
 * Asks the adapter to misbehave on the wire: `reset` cuts the connection without an answer, `truncate` announces the
 * whole length, sends the first half and cuts. To be returned by the handler: `return fault('truncate', response)`.
 * @param response what is truncated; useless for `reset`
 */
export function fault(kind: WireFault, response?: Response): Response {
  live().fault = kind;
  return response ?? new Response(null, { status: 200 });
}

/**
 * Waits before the answer goes (situation `latence`); ends at once when the client is gone or the bench stops.
 * @param milliseconds at most ten minutes
 */
export async function pause(milliseconds: number): Promise<void> {
  const { gone } = live();
  const length = Math.min(Math.max(0, milliseconds), 600_000);
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, length);
    if (gone.aborted) end();
    else gone.addEventListener('abort', end);
  });
}
