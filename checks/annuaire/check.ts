import type { HttpExchange } from '#formats/exchange/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules } from '../rule/index.ts';
import { readBundle } from './bundle.ts';
import { countRows } from './extraction.ts';
import type { Extraction } from './extraction.ts';
import { IMPORT_RULES } from './import-rules.ts';
import { SEARCH_RULES } from './search-rules.ts';
import type { FhirCall, ImportReport, ShownMailbox } from './types.ts';

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [...SEARCH_RULES, ...IMPORT_RULES];

const MAX_FORM = 65_536;

/**
 * Judges the searches of a product in the FHIR directory, and what it shows of them (ANN/va1.05, ANN/va1.06).
 * @param exchanges HTTP exchanges with the directory, in order; those that are not FHIR are left out
 * @param shown mailboxes that the product shows, or the addresses it wrote to
 */
export function checkDirectorySearch(
  exchanges: readonly HttpExchange[],
  shown: readonly ShownMailbox[],
): readonly Finding[] {
  return applyRules(SEARCH_RULES, { calls: exchanges.flatMap(callOf), shown });
}

/**
 * Judges the loading of the public extraction (ANN/va1.01): it was downloaded, and the report of the product accounts
 * for its lines.
 */
export function checkDirectoryImport(exchanges: readonly HttpExchange[], report: ImportReport): readonly Finding[] {
  return applyRules(IMPORT_RULES, { extractions: exchanges.flatMap(extractionOf), report });
}

function callOf(exchange: HttpExchange, index: number): readonly FhirCall[] {
  const url = urlOf(exchange);
  const path = /\/fhir(?:\/v\d+)?(?:\/([^/?]*))?/.exec(url?.pathname ?? '');
  if (!url || !path) return [];
  const isForm = exchange.request.method === 'POST';
  const form = isForm ? Buffer.from(exchange.request.body.subarray(0, MAX_FORM)).toString('utf8') : '';
  const { response } = exchange;
  return [
    {
      exchange,
      place: placeOf(exchange, index, url),
      url,
      resource: path[1] ?? '',
      parameters: new URLSearchParams([...url.searchParams, ...new URLSearchParams(form)]),
      bundle: response?.status === 200 ? readBundle(response.body) : undefined,
    },
  ];
}

function extractionOf(exchange: HttpExchange, index: number): readonly Extraction[] {
  const url = urlOf(exchange);
  if (!url || /\/fhir(\/|$)/.test(url.pathname)) return [];
  const { response } = exchange;
  const disposition = response?.headers.find(([name]) => name.toLowerCase() === 'content-disposition')?.[1] ?? '';
  const name = /filename="?([^";]+)/i.exec(disposition)?.[1] ?? url.pathname;
  const status = response?.status ?? 0;
  return [
    {
      place: placeOf(exchange, index, url),
      status,
      files: response && status === 200 ? countRows(response.body, name) : [],
    },
  ];
}

/** The journal may hold an absolute address or a path. */
function urlOf(exchange: HttpExchange): URL | undefined {
  return URL.parse(exchange.request.url, 'https://annuaire.invalid') ?? undefined;
}

/** The query is left out of the place: it could hold a key. */
function placeOf(exchange: HttpExchange, index: number, url: URL): string {
  return `échange ${index + 1} : ${exchange.request.method} ${url.pathname}`;
}
