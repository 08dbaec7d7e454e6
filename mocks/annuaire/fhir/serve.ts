import { createHash, timingSafeEqual } from 'node:crypto';
import { currentExchange } from '../../network/index.ts';
import { playTransport, playsEmpty } from '../situations.ts';
import type { AnnuaireDesk } from '../types.ts';
import { fhirAnswer, gatewayError, operationOutcome } from './answers.ts';
import { attributeSearch } from './attribute.ts';
import { find, pageOf } from './bundle.ts';
import { capabilityStatement } from './metadata.ts';
import { readQuery } from './query.ts';
import { RESOURCE_TYPES, type FhirResource, type ResourceType } from './resources.ts';

const PATH = /^\/fhir(?:\/v[12])?(?=\/|$)/u;
const MAX_FORM = 64 * 1024;

/**
 * The FHIR read API, whole: key, then metadata, read, search by GET or `_search`, further pages; writing is forbidden.
 * Source: protocols.md §6.
 * @param resources everything the directory publishes
 */
export async function serveFhir(
  request: Request,
  desk: AnnuaireDesk,
  resources: readonly FhirResource[],
): Promise<Response> {
  const exchange = currentExchange();
  const url = new URL(request.url);
  const prefix = PATH.exec(url.pathname)?.[0] ?? '';
  const [type = '', id, ...rest] = url.pathname
    .slice(prefix.length)
    .split('/')
    .filter((part) => part !== '');
  const base = `${calledOrigin(request)}${prefix}`;
  if (type === 'metadata' && request.method === 'GET') {
    exchange.identify('metadata');
    exchange.outcome('capacités rendues');
    return fhirAnswer(capabilityStatement(desk.updatedAt.toISOString()));
  }
  const operation = type === '' ? 'page' : `${id === undefined || id === '_search' ? 'search' : 'read'} ${type}`;
  exchange.identify(operation);
  const parameters = await parametersOf(request, url, id);
  const professional = attributeSearch(parameters, desk);
  const played = await playTransport(desk, professional);
  if (played !== undefined) return played;
  const keyRefusal = judgeKey(request, desk);
  if (keyRefusal !== undefined) {
    return gatewayError(401, 'Unauthorized', keyRefusal);
  }
  const searching = request.method === 'POST' && id === '_search';
  if (request.method !== 'GET' && request.method !== 'HEAD' && !searching) {
    return operationOutcome(
      403,
      `HAPI-0333: Access denied: ${request.method} is not allowed`,
      `écriture (${request.method}) interdite`,
    );
  }
  if (type === '') return nextPage(parameters, desk, resources, base);
  if (!isKnown(type)) {
    const handled = `[${RESOURCE_TYPES.join(', ')}]`;
    const diagnostics = `HAPI-0302: Unknown resource type '${type}' - Server knows how to handle: ${handled}`;
    return operationOutcome(404, diagnostics, `ressource « ${type} » inconnue`);
  }
  if (rest.length > 0) return operationOutcome(400, 'HAPI-0287: Invalid request', 'adresse inconnue');
  if (id !== undefined && !searching) return read(type, id, resources);
  return search(type, parameters, desk, resources, { base, professional });
}

function isKnown(type: string): type is ResourceType {
  return RESOURCE_TYPES.some((one) => one === type);
}

async function parametersOf(request: Request, url: URL, id: string | undefined): Promise<URLSearchParams> {
  if (request.method !== 'POST' || id !== '_search') return url.searchParams;
  const body = await request.text();
  return new URLSearchParams([...url.searchParams, ...new URLSearchParams(body.slice(0, MAX_FORM))]);
}

/** The key goes in its header, and is the one of the bench; the lenient profile takes any. */
function judgeKey(request: Request, desk: AnnuaireDesk): string | undefined {
  const key = request.headers.get('esante-api-key') ?? '';
  if (key === '') return 'en-tête ESANTE-API-KEY absent';
  if (desk.context.profile === 'lenient') return undefined;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(key), digest(desk.apiKey)) ? undefined : "clé d'API inconnue";
}

function read(type: ResourceType, id: string, resources: readonly FhirResource[]): Response {
  const found = resources.find((one) => one.resourceType === type && one.id === id);
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
  resources: readonly FhirResource[],
  call: { readonly base: string; readonly professional: string | undefined },
): Response {
  const reading = readQuery(type, parameters);
  if (!reading.ok) return operationOutcome(400, reading.diagnostics, reading.diagnostics);
  const empty = playsEmpty(desk, call.professional);
  const found = empty ? [] : find(resources, reading.query);
  const id = desk.context.uuid();
  const query = parameters.toString();
  const paged = { query: reading.query, found, selfUrl: `${call.base}/${type}${query === '' ? '' : `?${query}`}` };
  desk.pages.keep(id, paged);
  if (!empty) currentExchange().outcome(`${found.length} résultat(s)`);
  return fhirAnswer(pageOf(desk, resources, paged, { id, offset: 0, base: call.base }));
}

function nextPage(
  parameters: URLSearchParams,
  desk: AnnuaireDesk,
  resources: readonly FhirResource[],
  base: string,
): Response {
  const id = parameters.get('_getpages');
  if (id === null) return operationOutcome(400, 'HAPI-0287: Invalid request', 'ni ressource ni page demandée');
  const paged = desk.pages.find(id);
  if (paged === undefined) {
    const diagnostics = `HAPI-0418: Search ID "${id}" does not exist and may have expired`;
    return operationOutcome(410, diagnostics, 'page expirée');
  }
  const asked = Number(parameters.get('_getpagesoffset') ?? 0);
  const offset = Number.isInteger(asked) && asked >= 0 ? asked : 0;
  currentExchange().outcome(`page suivante, à partir du résultat ${offset + 1}`);
  return fhirAnswer(pageOf(desk, resources, paged, { id, offset, base }));
}

/** Origin the product used: links must lead it back by the same name. */
function calledOrigin(request: Request): string {
  const host = request.headers.get('host') ?? '';
  const claimed = `https://${host}`;
  return /^[\w.:[\]-]+$/u.test(host) && URL.canParse(claimed) ? new URL(claimed).origin : new URL(request.url).origin;
}
