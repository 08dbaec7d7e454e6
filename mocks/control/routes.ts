import type { Service } from '#formats/exchange/index.ts';
import { BenchError } from '../errors.ts';
import type { Journal } from '../journal/types.ts';
import type { Population } from '../population/types.ts';
import type { Situation, Situations } from '../situations/types.ts';
import { maskedJson } from './mask.ts';
import { readSituation } from './schemas.ts';

const SERVICES: readonly Service[] = ['insi', 'dmp', 'psc', 'mssante', 'annuaire', 'hl7', 'pki'];
const PAGE = 1000;

/** What the control API acts upon. */
export interface Controlled {
  readonly journal: Journal;
  readonly situations: Situations;
  readonly population: Population;
  reset(): void;
}

/** Status and JSON document. */
export interface ControlAnswer {
  readonly status: number;
  readonly document: unknown;
}

/** Answers one call of the control API; pure but for what it is told to act upon. */
export function route(method: string, url: URL, body: Uint8Array, bench: Controlled): ControlAnswer {
  const allowed: Readonly<Record<string, { method: string; answer: () => ControlAnswer }>> = {
    '/situations': { method: 'POST', answer: () => setSituation(body, bench) },
    '/journal': { method: 'GET', answer: () => readJournal(url.searchParams, bench) },
    '/reset': { method: 'POST', answer: () => reset(body, bench) },
  };
  const known = allowed[url.pathname];
  if (known === undefined) {
    return problem(404, 'UNKNOWN_PATH', `Adresse inconnue : ${url.pathname}.`, [
      'POST /situations, GET /journal, POST /reset',
    ]);
  }
  if (known.method !== method) {
    return problem(405, 'METHOD', `${url.pathname} ne se demande que par ${known.method}.`, []);
  }
  return known.answer();
}

function setSituation(body: Uint8Array, { situations, population }: Controlled): ControlAnswer {
  const json = readJson(body);
  if (!json.ok) return problem(400, 'NOT_JSON', 'Le corps n’est pas un document JSON.', [json.reason]);
  const reading = readSituation(json.value);
  if (!reading.ok) return problem(400, 'BAD_SITUATION', 'La demande de situation est mal formée.', reading.problems);
  const { service, patient, about, situation, times, parameters } = reading.order;
  if (patient !== undefined && about !== undefined) {
    return problem(400, 'BAD_SITUATION', 'Donner « patient » ou « about », pas les deux.', []);
  }
  const key = patient === undefined ? about : (population.byKey(patient) ?? population.byIns(patient))?.key;
  if (patient !== undefined && key === undefined) {
    return problem(400, 'UNKNOWN_PATIENT', `Aucun patient de test n'a la clé ou l'INS « ${patient} ».`, []);
  }
  const wanted: Situation = {
    service,
    situation,
    ...(key === undefined ? {} : { about: key }),
    ...(times === undefined ? {} : { times }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  try {
    situations.set(wanted);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return problem(400, error.code, error.message, [error.remedy], { known: situations.known(service) });
  }
  return { status: 200, document: { situation: wanted } };
}

function readJournal(query: URLSearchParams, { journal }: Controlled): ControlAnswer {
  const unknown = [...query.keys()].filter(
    (name) => !['service', 'since', 'operation', 'about', 'limit'].includes(name),
  );
  if (unknown.length > 0) return problem(400, 'BAD_QUERY', `Paramètre inconnu : ${unknown.join(', ')}.`, []);
  const service = SERVICES.find((one) => one === query.get('service'));
  if (query.has('service') && service === undefined) {
    return problem(400, 'BAD_QUERY', `Service inconnu ; services : ${SERVICES.join(', ')}.`, []);
  }
  const limit = Number(query.get('limit') ?? PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE) {
    return problem(400, 'BAD_QUERY', `« limit » est un entier de 1 à ${PAGE}.`, []);
  }
  const given = (name: string) => query.get(name) ?? undefined;
  const [since, operation, about] = [given('since'), given('operation'), given('about')];
  const found = journal.list({
    ...(service === undefined ? {} : { service }),
    ...(since === undefined ? {} : { since }),
    ...(operation === undefined ? {} : { operation }),
    ...(about === undefined ? {} : { about }),
  });
  const page = found.slice(0, limit);
  return {
    status: 200,
    // `mark` is what to pass as `since` to see what follows this page.
    document: { exchanges: page.map(maskedJson), mark: page.at(-1)?.id ?? since ?? '', more: found.length > limit },
  };
}

function reset(body: Uint8Array, bench: Controlled): ControlAnswer {
  const json = body.length === 0 ? { ok: true as const, value: {} } : readJson(body);
  if (!json.ok) return problem(400, 'NOT_JSON', 'Le corps n’est pas un document JSON.', [json.reason]);
  bench.reset();
  return { status: 200, document: { reset: true } };
}

function readJson(body: Uint8Array): { readonly ok: true; readonly value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function problem(
  status: number,
  code: string,
  message: string,
  details: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): ControlAnswer {
  return { status, document: { error: { code, message, details, ...more } } };
}
