import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getResponse, type RequestHandler } from 'msw';
import type { HttpExchange, Peer, Service } from '#formats/exchange/index.ts';
import { nearMiss, type ExpectedOperation } from '../diagnosis/index.ts';
import { messageOf } from '../errors.ts';
import type { Situations } from '../situations/types.ts';
import type { ServiceContext } from '../types.ts';
import { createBodyBudget, type BodyClaim } from './body-budget.ts';
import { startExchange, within, type LiveExchange } from './current-exchange.ts';
import { indexHandlers } from './handler-index.ts';
import { type BodyReading, KEPT_BYTES, pairs, readBody } from './read-body.ts';
import { MAX_HEADERS, recordDrop, recordUnreadable } from './unreadable.ts';
import { addFault, insteadOf } from './sentences.ts';
import { playOnWire } from './wire-situations.ts';
import { textResponse, toWire, underFault, writeWire, type WireResponse } from './wire-response.ts';

const MAX_BODY = 60 * 1024 * 1024;
/** Bodies held at once over one listener: two of the largest, or sixteen of a listener of small ones. */
const maxHeld = (limit: number): number => Math.max(2 * limit, Math.min(16 * limit, 32 * 1024 * 1024));
/** The largest bodies that may be on their way to the disk at once over one listener. */
const MAX_SPOOLED = 16;
/** A laboratory holds a few; each one costs memory before it sends anything. */
const MAX_CONNECTIONS = 256;
/** Methods that a Fetch request cannot carry. */
const REFUSED_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

export interface HttpAnswering {
  readonly service: Service;
  readonly handlers: readonly RequestHandler[];
  readonly maxBodyBytes?: number;
  /** Answer to a body above `maxBodyBytes`, in the words of the service; a 413 in plain text when absent. */
  readonly tooLarge?: (reason: string) => Response;
  /** Name of the listener in the port table: where a request landed, for a near miss. */
  readonly listener: string;
  /** What the mock expects, when it knows better than the table of `diagnosis`. */
  readonly expected?: readonly ExpectedOperation[];
  /** Wire situations that the adapter plays for this service. */
  readonly wireSituations: readonly string[];
  readonly situations: Situations;
  /** `https` or `http`, for the URL that is journaled. */
  readonly scheme: 'http' | 'https';
  /** Origin that handlers see in `request.url`, known once the port is. */
  readonly origin: () => string;
  readonly peerOf: (request: IncomingMessage) => Peer;
  /** What the outcome must also say of the connection: the situation played at its handshake. */
  readonly noteOf?: (request: IncomingMessage) => string | undefined;
  /** Aborted when the listener closes. */
  readonly closing: AbortSignal;
}

type JournalOnly = Pick<ServiceContext, 'journal' | 'now' | 'uuid'>;

/** Makes a server that journals each exchange, answers it by the msw handlers, and survives whatever is sent to it. */
export function serveHttp(answering: HttpAnswering, context: JournalOnly): Server {
  const candidates = indexHandlers(answering.handlers);
  const limit = answering.maxBodyBytes ?? MAX_BODY;
  const budget = createBodyBudget(maxHeld(limit));
  const spooled = createBodyBudget(MAX_SPOOLED * limit);
  const server = createServer(
    { headersTimeout: 20_000, requestTimeout: 120_000, keepAliveTimeout: 30_000, maxHeaderSize: MAX_HEADERS },
    (request, outgoing) => {
      const claims = { memory: budget.claim(), disk: spooled.claim() };
      answer(request, outgoing, { answering, candidates, claims }, context)
        .catch(() => request.socket.destroy())
        .finally(() => {
          claims.memory.release();
          claims.disk.release();
        });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  // A flood is told once, until a connection is taken again.
  let full = false;
  server.on('connection', () => (full = false));
  server.on('drop', (dropped) => {
    if (!full) recordDrop(dropped, MAX_CONNECTIONS, answering, context);
    full = true;
  });
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
    recordUnreadable(error, socket, answering, context);
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  outgoing: ServerResponse,
  {
    answering,
    candidates,
    claims,
  }: {
    readonly answering: HttpAnswering;
    readonly candidates: (method: string, path: string) => readonly RequestHandler[];
    readonly claims: { readonly memory: BodyClaim; readonly disk: BodyClaim };
  },
  context: JournalOnly,
): Promise<void> {
  const started = context.now();
  const startedTick = performance.now();
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const method = request.method ?? 'GET';
  const headers = pairs(request.rawHeaders);
  const limit = answering.maxBodyBytes ?? MAX_BODY;
  const reading = await readBody(request, limit, { ...claims, spool: context.journal.spool });
  const receivedMs = Math.round(performance.now() - startedTick);
  const target = targetOf(request.url ?? '/');
  const live = startExchange(
    reading,
    headers,
    answering.peerOf(request),
    AbortSignal.any([gone.signal, answering.closing]),
  );

  let response: WireResponse | undefined;
  if (reading.kind === 'interrupted') {
    live.sentence = `connexion interrompue par le client avant la fin de sa requête${kept(reading)}`;
  } else if (reading.kind === 'too-large') {
    const reason = `corps de plus de ${limit} octets`;
    live.sentence = `refusé : ${reason}${kept(reading)}`;
    response =
      answering.tooLarge === undefined
        ? textResponse(413, 'Corps de requête trop grand pour le banc.', context.now())
        : await toWire(answering.tooLarge(reason), method, context.now());
  } else if (reading.kind === 'overloaded') {
    live.sentence = `refusé par le banc, le produit n'est pas en cause : trop de requêtes volumineuses reçues en même temps sur cet écouteur (${maxHeld(limit)} octets au plus)${kept(reading)}`;
    response = textResponse(503, 'Trop de requêtes volumineuses en même temps pour le banc.', context.now());
  } else if (reading.kind === 'unkept') {
    const reason = reading.reason ?? '';
    live.sentence = `erreur du banc, le produit n'est pas en cause : corps impossible à garder (${reason})${kept(reading)}`;
    response = textResponse(500, `Le banc ne peut pas garder cet échange : ${reason}`, context.now());
  } else {
    response = await handle(live, { method, target, reading }, answering, candidates, context);
  }

  const answeredMs = Math.round(performance.now() - startedTick);
  const sent = response === undefined ? undefined : underFault(response, live.fault);
  if (live.fault === 'reset') live.sentence = insteadOf(live.sentence, 'connexion coupée volontairement par le banc');
  if (live.fault === 'truncate') live.sentence = addFault(live.sentence, 'réponse tronquée volontairement par le banc');
  // A client that left before the answer got none, whatever was prepared for it.
  const left = gone.signal.aborted;
  if (left && reading.kind !== 'interrupted') {
    live.sentence = addFault(live.sentence, 'connexion fermée par le client avant la réponse');
  }
  const { service, listener } = answering;
  const near =
    live.operation === undefined && reading.kind === 'whole'
      ? nearMiss(
          { service, listener, method, pathname: target.pathname, headers, body: live.rawBody },
          answering.expected,
        )
      : undefined;
  const answered = live.sentence ?? (response === undefined ? '' : `répondu ${response.status}`);
  const note = answering.noteOf?.(request);
  const said = note === undefined ? answered : addFault(answered, note);
  const exchange: HttpExchange = {
    id: context.uuid(),
    protocol: 'http',
    service: answering.service,
    startedAt: started.toISOString(),
    durationMs: Math.round(performance.now() - startedTick),
    peer: live.peer,
    operation: live.operation ?? `${method} ${target.pathname}`,
    attribution: live.attributed,
    expected: live.operation !== undefined,
    outcome: near === undefined ? said : addFault(said, near.sentence),
    ...(near === undefined ? {} : { nearMiss: near }),
    timings: { receivedMs, answeredMs },
    request: {
      method,
      url: `${answering.scheme}://${request.headers.host ?? new URL(answering.origin()).host}${target.path}`,
      headers,
      body: reading.body,
    },
    ...(sent === undefined || left ? {} : { response: sent }),
  };
  live.release();
  try {
    context.journal.record(exchange, reading.spool);
  } catch (error) {
    reading.spool?.discard();
    // What cannot be kept as a proof is not answered as if it were: the bench says that it failed.
    const text = `Le banc ne peut pas garder cet échange : ${messageOf(error)}`;
    await writeWire(outgoing, textResponse(500, text, context.now()), undefined, { close: true });
    return;
  }
  await writeWire(outgoing, sent, live.fault, { close: reading.kind !== 'whole' });
}

async function handle(
  live: LiveExchange,
  request: { readonly method: string; readonly target: Target; readonly reading: BodyReading },
  answering: HttpAnswering,
  candidates: (method: string, path: string) => readonly RequestHandler[],
  context: JournalOnly,
): Promise<WireResponse | undefined> {
  const { method, target, reading } = request;
  if (REFUSED_METHODS.has(method)) {
    live.sentence = `refusé : méthode ${method} jamais servie`;
    return textResponse(405, 'Méthode non servie.', context.now());
  }
  try {
    const origin = answering.origin();
    const fetched = new Request(`${origin}${target.path}`, {
      method,
      headers: fetchHeaders(live.rawHeaders),
      ...(method === 'GET' || method === 'HEAD' ? {} : bodyOf(reading)),
    });
    const response = await within(live, () =>
      getResponse([...candidates(method, target.pathname)], fetched, { baseUrl: origin }),
    );
    const { situations, service, wireSituations: names } = answering;
    const wire = (plain: WireResponse): Promise<WireResponse> =>
      within(live, () => playOnWire(live, plain, { situations, service, names, now: context.now }));
    if (response === undefined) {
      live.sentence ??= `opération inattendue : aucun service du banc à l'adresse ${method} ${target.pathname}`;
      return await wire(textResponse(404, 'Aucun service du banc à cette adresse.', context.now()));
    }
    if (response.type === 'error') {
      live.fault = 'reset';
      return textResponse(500, '', context.now());
    }
    const plain = await toWire(response, method, context.now());
    // A mock that misbehaves by itself has its reasons: nothing is added.
    return live.fault === undefined ? await wire(plain) : plain;
  } catch (error) {
    // The bench failed: the outcome says so, so that nobody blames the product for it.
    live.fault = undefined;
    live.sentence = `erreur du banc, le produit n'est pas en cause : ${messageOf(error)}`;
    return textResponse(500, "Erreur interne du banc (le produit n'est pas en cause).", context.now());
  }
}

/** Body of the Fetch request: a copy, or a stream from the disk of what is only there. */
function bodyOf({ body, spool }: BodyReading): RequestInit {
  if (spool === undefined) return { body: new Uint8Array(body) };
  let at = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = spool.read(at, at + KEPT_BYTES);
        at += chunk.length;
        if (chunk.length === 0) controller.close();
        else controller.enqueue(chunk);
      },
    },
    // Nothing is read before a handler asks for it.
    { highWaterMark: 0 },
  );
  // Fetch wants the word with any stream; the types of the DOM do not know it.
  const init: RequestInit & { readonly duplex: 'half' } = { body: stream, duplex: 'half' };
  return init;
}

interface Target {
  /** Path and query, starting with a slash. */
  readonly path: string;
  readonly pathname: string;
}

/** Path of a request target in any of its forms (origin, absolute, `*`); never the host, which a client chooses. */
function targetOf(url: string): Target {
  let path = url;
  if (!url.startsWith('/')) {
    const parsed = URL.parse(url);
    path = parsed === null ? '/' : `${parsed.pathname}${parsed.search}`;
  }
  return { path, pathname: path.split(/[?#]/, 1)[0] ?? '/' };
}

function fetchHeaders(raw: readonly (readonly [string, string])[]): Headers {
  const headers = new Headers();
  for (const [name, value] of raw) {
    try {
      headers.append(name, value);
    } catch {
      // A name or value that Fetch refuses stays in the raw headers, where checks read it.
    }
  }
  return headers;
}

/** What the sentence of a shortened body adds. */
function kept({ shortened }: BodyReading): string {
  return shortened ? ` ; seuls ses ${KEPT_BYTES} premiers octets sont gardés` : '';
}
