import type { Exchange } from '#formats/exchange/index.ts';
import { badQuery, problem, readJson, serviceOf, type ControlAnswer, type Controlled } from './answers.ts';
import { sendFeed } from './feed-route.ts';
import { dropMail, mailboxOfPath } from './mail-route.ts';
import { makeMask } from './mask.ts';
import { removeSituations, setSituation, showSituations } from './situation-routes.ts';
import { withoutBodies } from './without-bodies.ts';

const PAGE = 1000;
/** A page stops before this many bytes of bodies, whatever its number of exchanges: it is made in memory. */
const PAGE_BYTES = 32 * 1024 * 1024;

/**
 * Answers one call of the control API; pure but for what it is told to act upon.
 * @param type media type of the body, lower case, without parameters
 */
export async function route(
  method: string,
  url: URL,
  { type, body }: { readonly type: string; readonly body: Uint8Array },
  bench: Controlled,
): Promise<ControlAnswer> {
  const mailbox = mailboxOfPath(url.pathname);
  const known = ROUTES[mailbox === undefined ? url.pathname : MAILS];
  if (known === undefined) {
    const all = Object.entries(ROUTES).flatMap(([path, methods]) =>
      Object.keys(methods).map((one) => `${one} ${path}`),
    );
    return problem(
      404,
      'UNKNOWN_PATH',
      `Adresse inconnue : ${url.pathname}. Adresses connues : ${all.join(', ')}.`,
      all,
    );
  }
  const answer = known[method];
  if (answer === undefined) {
    const allowed = Object.keys(known).join(' ou ');
    return problem(405, 'METHOD', `${url.pathname} ne se demande que par ${allowed}.`, []);
  }
  return answer({ query: url.searchParams, type, body, mailbox: mailbox ?? '' }, bench);
}

interface Call {
  readonly query: URLSearchParams;
  readonly type: string;
  /** Of a path of mails; empty otherwise. */
  readonly mailbox: string;
  readonly body: Uint8Array;
}
type Answer = (call: Call, bench: Controlled) => ControlAnswer | Promise<ControlAnswer>;

const MAILS = '/mailboxes/{adresse}/mails';

const ROUTES: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  '/situations': {
    POST: ({ body }, bench) => setSituation(body, bench),
    GET: (_, { situations }) => showSituations(situations),
    DELETE: ({ query }, bench) => removeSituations(query, bench),
  },
  '/journal': { GET: ({ query }, bench) => readJournal(query, bench) },
  '/hl7/feeds': { POST: ({ body }, bench) => sendFeed(body, bench) },
  [MAILS]: { POST: ({ mailbox, type, body }, bench) => dropMail(mailbox, { type, body }, bench) },
  '/reset': { POST: ({ body }, bench) => reset(body, bench) },
};

const JOURNAL_QUERY = ['service', 'since', 'operation', 'about', 'expected', 'limit', 'last', 'bodies', 'findings'];

async function readJournal(query: URLSearchParams, { journal, secrets, judging }: Controlled): Promise<ControlAnswer> {
  const refused = badQuery(query, JOURNAL_QUERY);
  if (refused !== undefined) return refused;
  const service = serviceOf(query);
  const expected = query.get('expected');
  for (const name of ['expected', 'bodies', 'findings']) {
    if (!['true', 'false'].includes(query.get(name) ?? 'true')) {
      return problem(400, 'BAD_QUERY', `« ${name} » vaut true ou false.`, []);
    }
  }
  for (const name of ['limit', 'last']) {
    const value = Number(query.get(name) ?? PAGE);
    if (!Number.isInteger(value) || value < 1 || value > PAGE) {
      return problem(400, 'BAD_QUERY', `« ${name} » est un entier de 1 à ${PAGE}.`, []);
    }
  }
  if (query.has('limit') && query.has('last')) {
    const message = 'Donner « limit » (les premiers échanges) ou « last » (les derniers), pas les deux.';
    return problem(400, 'BAD_QUERY', message, []);
  }
  const bodies = query.get('bodies') !== 'false';
  const given = (name: string) => query.get(name) ?? undefined;
  const [since, operation, about] = [given('since'), given('operation'), given('about')];
  const found = journal.list({
    ...(service === undefined ? {} : { service }),
    ...(since === undefined ? {} : { since }),
    ...(operation === undefined ? {} : { operation }),
    ...(about === undefined ? {} : { about }),
    ...(expected === null ? {} : { expected: expected === 'true' }),
  });
  const last = Number(query.get('last') ?? 0);
  const weigh = bodies ? sizeOf : () => 0;
  // The last ones are chosen from the end, and given in the order of the journal all the same.
  const page =
    last === 0
      ? pageOf(found, Number(query.get('limit') ?? PAGE), weigh)
      : pageOf(found.toReversed(), last, weigh).toReversed();
  const mask = makeMask(secrets);
  const judged = query.get('findings') === 'false' ? undefined : judging;
  const shown: unknown[] = [];
  // One after the other: each lets the services answer before the next is judged.
  for (const exchange of page) {
    const judgement = await judged?.of(exchange);
    const said =
      judged === undefined ? {} : { findings: judgement?.findings ?? [], verdict: judgement?.verdict ?? null };
    shown.push({ ...mask(bodies ? exchange : withoutBodies(exchange)), ...said });
  }
  return {
    status: 200,
    // `mark` is what to pass as `since` to see what follows this page.
    document: { exchanges: shown, mark: page.at(-1)?.id ?? since ?? '', more: found.length > page.length },
  };
}

/** The first exchanges, as many as `limit` and the size of their bodies allow; one at least. */
function pageOf(found: readonly Exchange[], limit: number, weigh: (exchange: Exchange) => number): readonly Exchange[] {
  let size = 0;
  const end = found.slice(0, limit).findIndex((exchange, index) => {
    size += weigh(exchange);
    return index > 0 && size > PAGE_BYTES;
  });
  return found.slice(0, end === -1 ? limit : end);
}

function sizeOf(exchange: Exchange): number {
  switch (exchange.protocol) {
    case 'http':
      return exchange.request.body.length + (exchange.response?.body.length ?? 0);
    case 'smtp':
      return exchange.source.length;
    case 'imap':
    case 'mllp':
      return exchange.received.length + exchange.sent.length;
    case 'tls':
      return 0;
  }
}

function reset(body: Uint8Array, bench: Controlled): ControlAnswer {
  const json = body.length === 0 ? { ok: true as const, value: {} } : readJson(body);
  if (!json.ok) return problem(400, 'NOT_JSON', 'Le corps n’est pas un document JSON.', [json.reason]);
  bench.reset();
  return { status: 200, document: { reset: true } };
}
