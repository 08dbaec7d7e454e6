import { http } from 'msw';
import { currentExchange, fault, listenHttps, pause } from '../network/index.ts';
import type { DmpAddresses, RunningService, ServiceContext } from '../types.ts';
import type { DmpReply, DmpState } from './call.ts';
import { answerCall } from './front.ts';
import { createRegistry, REGISTRY_LIMITS, type RegistryStore } from './registry.ts';
import { RIGHTS, type RightsMatrix } from './rights-matrix.ts';
import { dmpSettings } from './settings.ts';
import { faultReply } from './replies.ts';
import { DMP_SITUATIONS } from './situations.ts';
import type { CodeSets } from './td21/code-sets.ts';
import type { DmpRegistry } from './types.ts';
import { BASE_PATH } from './vocabulary.ts';
import { answerPage, type WebPsReply } from './web-ps/handler.ts';

/** Settings that a vendor may narrow. */
export interface DmpOptions {
  /** Known DMP homologation numbers; absent means that any well-formed number is. */
  readonly homologations?: readonly string[];
  /** The rights matrix, of who has the official one; absent: `rights-matrix.json`. */
  readonly rights?: RightsMatrix;
  /** Value sets of the metadata, of who has the official ones; absent: no code is refused for its value. */
  readonly codes?: CodeSets;
}

export type RunningDmp = RunningService<DmpAddresses> & { readonly registry: DmpRegistry };

const SERVICES = ['patients', 'repository', 'registry', 'habilitations'] as const;

/**
 * Starts the DMP: web services on mutual TLS, and the Web-PS site without client certificate.
 * @returns addresses, and the registry so that steps see what was kept; `reset` empties it
 * @throws when a port asked for cannot be opened; nothing stays open then
 * Source: protocols.md §2 and §3.
 */
export async function startDmp(context: ServiceContext, options: DmpOptions = {}): Promise<RunningDmp> {
  context.situations.announce('dmp', DMP_SITUATIONS);
  const registry = createRegistry(context.population, REGISTRY_LIMITS, context.now);
  let answers = 0;
  const { pki, population, situations, now, uuid } = context;
  const settings = dmpSettings(context.profile, options);
  const rights = options.rights ?? RIGHTS;
  const state: DmpState = { settings, registry, rights, population, situations, pki, now, uuid, turn: () => answers++ };
  const services = await listenHttps(
    {
      service: 'dmp',
      listener: 'dmp',
      clientCertificate: 'required',
      tooLarge: (reason) => {
        const text = `Message refusé : ${reason}.`;
        const fault = { side: 'Sender', subcode: settings.profile.subcodes.malformed, text } as const;
        const { status, contentType, body } = faultReply(state, fault, undefined);
        return new Response(body, { status, headers: { 'content-type': contentType } });
      },
      handlers: SERVICES.map((service) =>
        http.post(`${BASE_PATH}/${service}`, () => onWire(answerCall(currentExchange(), service, state))),
      ),
    },
    context,
  );
  const site = await startWebPs(registry, context).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  return {
    addresses: { base: `${services.origin}${BASE_PATH}`, webPs: site.origin },
    registry,
    reset() {
      registry.reset();
      answers = 0;
    },
    async close() {
      await Promise.all([services.close(), site.close()]);
    },
  };
}

/** What a path parameter may be for the router. */
type Segment = string | readonly string[] | undefined;

function segment(value: Segment): string | undefined {
  return typeof value === 'string' ? value : value?.join('/');
}

async function startWebPs(registry: RegistryStore, context: ServiceContext): ReturnType<typeof listenHttps> {
  const { population, situations } = context;
  const answer = (name: Segment, ins: Segment, { url, headers }: Request): Response => {
    const requested = {
      page: segment(name) ?? '',
      ...(ins !== undefined && { ins: segment(ins) ?? '' }),
      query: new URL(url).search.slice(1),
      userAgent: headers.get('user-agent') ?? '',
      referer: headers.get('referer') ?? '',
    };
    return page(answerPage(currentExchange(), requested, { registry, population, situations }));
  };
  return listenHttps(
    {
      service: 'dmp',
      listener: 'web-ps',
      clientCertificate: 'none',
      handlers: [
        http.get('/AccesDirect/:page', ({ params, request }) => answer(params['page'], undefined, request)),
        http.get('/AccesDirect/:page/:ins', ({ params, request }) => answer(params['page'], params['ins'], request)),
      ],
    },
    context,
  );
}

function page({ status, body }: WebPsReply): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

async function onWire(reply: DmpReply): Promise<Response> {
  const { said, body, status, contentType, delayMs, wire } = reply;
  currentExchange().outcome(said);
  if (delayMs !== undefined) await pause(delayMs);
  const response = new Response(body, { status, headers: { 'content-type': contentType } });
  return wire === undefined ? response : fault(wire, response);
}
