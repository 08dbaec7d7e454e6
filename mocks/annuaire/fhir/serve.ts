import fhir from '../data/fhir.json' with { type: 'json' };
import { currentExchange } from '../../network/index.ts';
import { catchUp, playsEmpty, playsExpired, playTransport } from '../situations.ts';
import type { AnnuaireDesk } from '../types.ts';
import { options, refusal, withoutKey } from './admission.ts';
import { fhirAnswer, operationOutcome } from './answers.ts';
import { attributeSearch } from './attribute.ts';
import { find, pageOf } from './bundle.ts';
import { capabilityStatement } from './metadata.ts';
import { readQuery } from './query.ts';
import { RESOURCE_TYPES, type ResourceType } from './resources.ts';
import { storeOf } from './store.ts';

const PATH = /^\/fhir(?:\/v[12])?(?=\/|$)/u;

/**
 * The FHIR read API, whole: key, then metadata, read, search by GET or `_search`, further pages; writing is forbidden.
 * Source: protocols.md §6.
 */
export async function serveFhir(request: Request, desk: AnnuaireDesk): Promise<Response> {
  const exchange = currentExchange();
  catchUp(desk);
  const url = new URL(request.url);
  const prefix = PATH.exec(url.pathname)?.[0] ?? '';
  const [type = '', id, ...rest] = url.pathname
    .slice(prefix.length)
    .split('/')
    .filter((part) => part !== '');
  const base = `${calledOrigin(request)}${prefix}`;
  if (type === 'metadata' && (request.method === 'GET' || request.method === 'HEAD')) {
    exchange.identify('metadata');
    exchange.outcome('capacités rendues');
    return fhirAnswer(capabilityStatement(desk.book.changedAt.toISOString()));
  }
  if (request.method === 'OPTIONS') {
    exchange.identify('options');
    exchange.outcome('méthodes rendues');
    return options();
  }
  const searching = id === '_search' && rest.length === 0;
  const operation = type === '' ? 'page' : `${id === undefined || searching ? 'search' : 'read'} ${type}`;
  exchange.identify(operation);
  const parameters = withoutKey(await parametersOf(request, url, searching));
  const professional = attributeSearch(parameters, desk);
  const played = await playTransport(desk, professional);
  if (played !== undefined) return played;
  const refused = refusal(request, desk, searching);
  if (refused !== undefined) return refused;
  if (type === '') return nextPage(parameters, desk, base);
  if (!isKnown(type)) {
    const handled = `[${RESOURCE_TYPES.join(', ')}]`;
    const diagnostics = `HAPI-0302: Unknown resource type '${type}' - Server knows how to handle: ${handled}`;
    return operationOutcome(404, diagnostics, `ressource « ${type} » inconnue`);
  }
  if (rest.length > 0) return operationOutcome(400, 'HAPI-0287: Invalid request', 'adresse inconnue');
  if (id !== undefined && !searching) return read(type, id, desk);
  return search(type, parameters, desk, { base, professional });
}

function isKnown(type: string): type is ResourceType {
  return RESOURCE_TYPES.some((one) => one === type);
}

async function parametersOf(request: Request, url: URL, searching: boolean): Promise<URLSearchParams> {
  if (request.method !== 'POST' || !searching) return url.searchParams;
  const body = await request.text();
  return new URLSearchParams([...url.searchParams, ...new URLSearchParams(body.slice(0, fhir.limits.formBytes))]);
}

function read(type: ResourceType, id: string, { book }: AnnuaireDesk): Response {
  const found = storeOf(book.current()).get(`${type}/${id}`);
  if (found === undefined) {
    return operationOutcome(404, `HAPI-2001: Resource ${type}/${id} is not known`, `${type}/${id} inconnu`);
  }
  currentExchange().outcome(`${type}/${id} rendu`);
  return fhirAnswer(found);
}

function search(
  type: ResourceType,
  parameters: URLSearchParams,
  desk: AnnuaireDesk,
  call: { readonly base: string; readonly professional: string | undefined },
): Response {
  const reading = readQuery(type, parameters);
  if (!reading.ok) return operationOutcome(400, reading.diagnostics, reading.diagnostics);
  const empty = playsEmpty(desk, call.professional);
  const store = storeOf(desk.book.current());
  const found = empty ? [] : find(store, reading.query);
  const id = desk.context.uuid();
  const query = parameters.toString();
  const selfUrl = `${call.base}/${type}${query === '' ? '' : `?${query}`}`;
  const paged = { query: reading.query, found, store, selfUrl };
  if (found.length > reading.query.count && reading.query.count > 0) desk.pages.keep(id, paged);
  if (!empty) currentExchange().outcome(`${found.length} résultat(s)`);
  return fhirAnswer(pageOf(paged, { id, offset: 0, base: call.base, now: desk.context.now() }));
}

function nextPage(parameters: URLSearchParams, desk: AnnuaireDesk, base: string): Response {
  const id = parameters.get('_getpages');
  if (id === null) return operationOutcome(400, 'HAPI-0287: Invalid request', 'ni ressource ni page demandée');
  const paged = playsExpired(desk) ? undefined : desk.pages.find(id);
  if (paged === undefined) {
    const diagnostics = `HAPI-0418: Search ID "${id.slice(0, 100)}" does not exist and may have expired`;
    return operationOutcome(410, diagnostics, 'page expirée');
  }
  const asked = Number(parameters.get('_getpagesoffset') ?? 0);
  const offset = Number.isSafeInteger(asked) && asked >= 0 ? asked : 0;
  currentExchange().outcome(`page suivante, à partir du résultat ${offset + 1}`);
  return fhirAnswer(pageOf(paged, { id, offset, base, now: desk.context.now() }));
}

/** Origin the product used: links must lead it back by the same name. */
function calledOrigin(request: Request): string {
  const host = request.headers.get('host') ?? '';
  const claimed = `https://${host}`;
  return /^[\w.:[\]-]+$/u.test(host) && URL.canParse(claimed) ? new URL(claimed).origin : new URL(request.url).origin;
}
