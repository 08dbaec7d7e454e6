import type { HttpExchange } from '#formats/exchange/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules } from '../rule/index.ts';
import { readBundle } from './bundle.ts';
import { CALL_RULES } from './call-rules.ts';
import { readFiles, type Extraction } from './extraction.ts';
import { IMPORT_RULES } from './import-rules.ts';
import { PERSON_RULES } from './person-rules.ts';
import { SCHEDULE_RULES } from './schedule-rules.ts';
import { SEARCH_RULES } from './search-rules.ts';
import type { Titles } from './table.ts';
import { USE_RULES } from './use-rules.ts';
import type {
  DirectoryRequest,
  DirectorySchedule,
  FhirCall,
  ImportReport,
  KnownPatient,
  MailboxUse,
  ShownMailbox,
  ShownProfessional,
} from './types.ts';

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [
  ...CALL_RULES,
  ...SEARCH_RULES,
  ...IMPORT_RULES,
  ...USE_RULES,
  ...PERSON_RULES,
  ...SCHEDULE_RULES,
];

const MAX_FORM = 65_536;

/** What the bench knows beside the exchanges. */
export interface DirectoryContext {
  /** Patients whose names and numbers must not leave; numbers of a right key are seen without it. */
  readonly patients?: readonly KnownPatient[];
  /** Titles of the columns of the extraction; those that the bench writes by itself when absent. */
  readonly titles?: Titles;
}

/**
 * Judges what holds of any call, whatever it was for and whatever the product made of it: no patient in it, delays obeyed,
 * tries spaced and counted.
 *
 * @param exchanges HTTP exchanges with the directory, API and extraction, in order
 */
export function checkDirectoryCalls(
  exchanges: readonly HttpExchange[],
  { patients = [] }: DirectoryContext = {},
): readonly Finding[] {
  return applyRules(CALL_RULES, { requests: exchanges.flatMap(requestOf), patients });
}

/**
 * Judges the searches of a product in the FHIR directory, and what it shows of them (ANN/va1.05, ANN/va1.06).
 * @param exchanges HTTP exchanges with the directory, in order; those that are not FHIR are left out
 * @param shown mailboxes that the product shows, or the addresses it wrote to
 */
export function checkDirectorySearch(
  exchanges: readonly HttpExchange[],
  shown: readonly ShownMailbox[],
  { patients = [] }: DirectoryContext = {},
): readonly Finding[] {
  const { requests, calls } = read(exchanges);
  const own = requests.filter(isFhir);
  return [
    ...applyRules(CALL_RULES, { requests: own, patients }),
    ...applyRules(SEARCH_RULES, { requests: own, patients, calls, shown }),
  ];
}

/**
 * Judges the loading of the public extraction (ANN/va1.01): it was downloaded, and the report of the product accounts
 * for its lines. When the exchanges hold the file before too, what moved between both is counted as well.
 * @param report of the last load
 */
export function checkDirectoryImport(
  exchanges: readonly HttpExchange[],
  report: ImportReport,
  { patients = [], titles }: DirectoryContext = {},
): readonly Finding[] {
  const { requests, extractions } = read(exchanges, titles);
  const own = requests.filter((request) => !isFhir(request));
  return [
    ...applyRules(CALL_RULES, { requests: own, patients }),
    ...applyRules(IMPORT_RULES, { requests: own, patients, extractions, report }),
  ];
}

/** Judges to whom a mail went, after what the directory had published (N5 to N7). */
export function checkMailboxUse(
  exchanges: readonly HttpExchange[],
  use: MailboxUse,
  { titles }: DirectoryContext = {},
): readonly Finding[] {
  return applyRules(USE_RULES, { ...read(exchanges, titles), use });
}

/** Judges a user or a correspondent of the product against the last thing that the directory said (ANN/va1.02, ANN/va1.03). */
export function checkDirectoryPerson(
  exchanges: readonly HttpExchange[],
  person: ShownProfessional,
  { titles }: DirectoryContext = {},
): readonly Finding[] {
  return applyRules(PERSON_RULES, { ...read(exchanges, titles), person });
}

/**
 * Judges the frequency of the automatic loads (ANN/va1.04).
 * @param exchanges automatic loads only, if any: those that a person asked for have no rhythm
 */
export function checkDirectorySchedule(
  schedule: DirectorySchedule,
  exchanges: readonly HttpExchange[] = [],
): readonly Finding[] {
  const loads = read(exchanges).extractions.filter(({ status }) => status === 200 || status === 304);
  return applyRules(SCHEDULE_RULES, { schedule, loads });
}

interface Reading {
  readonly requests: readonly DirectoryRequest[];
  readonly calls: readonly FhirCall[];
  readonly extractions: readonly Extraction[];
}

function read(exchanges: readonly HttpExchange[], titles?: Titles): Reading {
  const requests = exchanges.flatMap(requestOf);
  return {
    requests,
    calls: requests.filter(isFhir).map(callOf),
    extractions: requests.filter((request) => !isFhir(request)).map((request) => extractionOf(request, titles)),
  };
}

const FHIR = /\/fhir(?:\/v\d+)?(?=\/|$)(?:\/([^/?]*))?/;

function isFhir({ url }: DirectoryRequest): boolean {
  return FHIR.test(url.pathname);
}

function requestOf(exchange: HttpExchange, index: number): readonly DirectoryRequest[] {
  const url = urlOf(exchange);
  if (!url) return [];
  const startedAt = Date.parse(exchange.startedAt);
  const endedAt = startedAt + exchange.durationMs;
  return [
    { exchange, place: placeOf(exchange, index, url), url, status: exchange.response?.status ?? 0, startedAt, endedAt },
  ];
}

function callOf(request: DirectoryRequest): FhirCall {
  const { exchange, url, status } = request;
  const isForm = exchange.request.method === 'POST';
  const form = isForm ? Buffer.from(exchange.request.body.subarray(0, MAX_FORM)).toString('utf8') : '';
  return {
    ...request,
    resource: FHIR.exec(url.pathname)?.[1] ?? '',
    parameters: new URLSearchParams([...url.searchParams, ...new URLSearchParams(form)]),
    bundle: status === 200 && exchange.response ? readBundle(exchange.response.body) : undefined,
  };
}

function extractionOf(request: DirectoryRequest, titles?: Titles): Extraction {
  const { exchange, url, status } = request;
  const { response } = exchange;
  const disposition = response?.headers.find(([name]) => name.toLowerCase() === 'content-disposition')?.[1] ?? '';
  const name = /filename="?([^";]+)/i.exec(disposition)?.[1] ?? url.pathname;
  return { ...request, files: response && status === 200 ? readFiles(response.body, name, titles) : [] };
}

/** The journal may hold an absolute address or a path. */
function urlOf(exchange: HttpExchange): URL | undefined {
  return URL.parse(exchange.request.url, 'https://annuaire.invalid') ?? undefined;
}

/** The query is left out of the place: it could hold a key. */
function placeOf(exchange: HttpExchange, index: number, url: URL): string {
  return `échange ${index + 1} : ${exchange.request.method} ${url.pathname}`;
}
