import { http } from 'msw';
import { currentExchange, fault, listenHttps } from '../network/index.ts';
import type { InsiAddresses, RunningService, ServiceContext } from '../types.ts';
import { createCallCounter } from './call-counter.ts';
import { replyTo, replyToTooLarge } from './reply.ts';
import { MAX_REQUEST_BYTES } from './request.ts';
import type { InsiVocabulary } from './operations.ts';
import { type InsiOptions, insiSettings } from './settings.ts';
import { INSI_SITUATIONS, parametersProblem } from './situations.ts';
import type { InsiReply, InsiState } from './types.ts';

/**
 * Starts INSi: `POST /lps`, both searches and both verifications, with an organisation certificate (mutual TLS) or the
 * signed assertion of a professional (no client certificate).
 * @returns its address (`https://…/lps`) and the operations and names in use; `reset` forgets the call counters
 * @throws when the port asked for cannot be opened
 * Source: protocols.md §1.
 */
export async function startInsi(
  context: ServiceContext,
  options: InsiOptions = {},
): Promise<RunningService<InsiAddresses> & InsiVocabulary> {
  context.situations.announce('insi', INSI_SITUATIONS, parametersProblem);
  const state: InsiState = {
    settings: insiSettings(context.profile, options),
    population: context.population,
    situations: context.situations,
    pki: context.pki,
    now: context.now,
    calls: createCallCounter(),
  };
  const listener = await listenHttps(
    {
      service: 'insi',
      listener: 'insi',
      // A bad certificate is refused at the handshake; without one, only the message says who calls.
      clientCertificate: 'optional',
      expected: state.settings.vocabulary.operations.map(({ name, action, element }) => ({
        service: 'insi',
        listener: 'insi',
        operation: name,
        method: 'POST',
        path: '/lps',
        contentTypes: ['application/soap+xml'],
        action,
        body: element,
      })),
      maxBodyBytes: MAX_REQUEST_BYTES,
      tooLarge: (reason) => asResponse(replyToTooLarge(reason, state)),
      handlers: [http.post('/lps', () => answerOnWire(state))],
    },
    context,
  );
  return {
    addresses: { url: `${listener.origin}/lps` },
    ...state.settings.vocabulary,
    reset: () => state.calls.reset(),
    close: () => listener.close(),
  };
}

function answerOnWire(state: InsiState): Response {
  const reply = replyTo(currentExchange(), state);
  return reply.cut === true ? fault('refuse') : asResponse(reply);
}

function asResponse({ status, contentType, body }: InsiReply): Response {
  return new Response(body, { status, headers: { 'content-type': contentType } });
}
