import { http } from 'msw';
import { currentExchange, fault, listenHttps, pause } from '../network/index.ts';
import type { InsiAddresses, RunningService, ServiceContext } from '../types.ts';
import { createCallCounter } from './call-counter.ts';
import { type InsiState, replyTo } from './reply.ts';
import { insiSettings } from './settings.ts';
import { INSI_SITUATIONS } from './situations.ts';

/** Settings that a vendor may narrow. */
export interface InsiOptions {
  /** Software authorisation numbers (IDAM) that are known; absent means that any well-formed number is. */
  readonly idams?: readonly string[];
}

/**
 * Starts INSi on mutual TLS: `POST /lps`, both searches.
 * @returns its address (`https://…/lps`); `reset` forgets the call counters
 * @throws when the port asked for cannot be opened
 * Source: protocols.md §1.
 */
export async function startInsi(
  context: ServiceContext,
  options: InsiOptions = {},
): Promise<RunningService<InsiAddresses>> {
  context.situations.announce('insi', INSI_SITUATIONS);
  const state: InsiState = {
    settings: insiSettings(context.profile, options.idams),
    population: context.population,
    situations: context.situations,
    calls: createCallCounter(),
  };
  const listener = await listenHttps(
    {
      service: 'insi',
      listener: 'insi',
      clientCertificate: 'required',
      handlers: [http.post('/lps', () => answerOnWire(state))],
    },
    context,
  );
  return {
    addresses: { url: `${listener.origin}/lps` },
    reset: () => state.calls.reset(),
    close: () => listener.close(),
  };
}

async function answerOnWire(state: InsiState): Promise<Response> {
  const reply = replyTo(currentExchange(), state);
  if (reply.delayMs !== undefined) await pause(reply.delayMs);
  const response = new Response(reply.body, { status: reply.status, headers: { 'content-type': reply.contentType } });
  return reply.wire === undefined ? response : fault(reply.wire, response);
}
