import { readInsiResponse, type InsiAnswer, type InsiOperation, type SeenCall } from '#checks/ins/index.ts';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import type { JournalQuery } from '#mocks/journal/index.ts';
import type { SuiteBench } from './bench.ts';
import { captureHttp } from './captures.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Operation of the journal → mode of the trace that the product keeps. */
const MODES: Readonly<Record<string, SeenCall['mode']>> = {
  rechercherInsAvecTraitsIdentite: 'traits',
  rechercherInsAvecCarteVitale: 'vitale',
  verifierIns: 'verification',
  verifierInsEnMasse: 'verification-masse',
};

/** Kind of an operation of the bench → kind that the checks know. */
const KINDS = {
  traits: 'traits',
  vitale: 'vitale',
  unit: 'verification',
  bulk: 'verification-masse',
} as const satisfies Record<SuiteBench['mocks']['insi']['operations'][number]['kind'], InsiOperation['kind']>;

/** The part of the bench that knows the names. */
interface WithOperations {
  readonly mocks: { readonly insi: Pick<SuiteBench['mocks']['insi'], 'operations'> };
}

/** The operations in use, by the names that the vendor gave to the bench where they differ. */
export function insiOperations({ mocks }: WithOperations): readonly InsiOperation[] {
  return mocks.insi.operations.map(({ kind, action, element, namespace }) => ({
    kind: KINDS[kind],
    action,
    local: element,
    namespace,
  }));
}

/** What INSi answered to a call, read with the names in use; a call that did not end gave no answer. */
export function insiAnswer(exchange: HttpExchange | undefined, { insiOptions }: ScenarioWorld): InsiAnswer {
  return readInsiResponse(exchange?.response, insiOptions.verification);
}

/**
 * Calls of the scenario to INSi, in order, without those known to be about patients of nobody here: a product may call for
 * somebody else meanwhile, and is neither blamed for it nor credited with it.
 */
export function insiExchanges(world: ScenarioWorld): readonly HttpExchange[] {
  return world
    .seen({ service: 'insi' })
    .filter((exchange): exchange is HttpExchange => exchange.protocol === 'http')
    .filter((exchange) => isAboutScenario(exchange, world.patientKeys));
}

/** Whether an exchange is about one of these patients, or may be. */
export function isAboutScenario({ attribution }: Pick<Exchange, 'attribution'>, keys: readonly string[]): boolean {
  const named = [attribution.patient, ...(attribution.patients ?? [])].filter((key) => key !== undefined);
  // Twins and homonyms go in pairs: their searches may be told of either.
  return named.length === 0 || named.some((key) => keys.some((own) => key === own || key === `${own}-jumeau`));
}

/**
 * The first call of the scenario to INSi that is not known to be about somebody else.
 *
 * @param action French infinitive, as in `ScenarioWorld.exchange`
 * @throws {ScenarioFailure} when none comes
 */
export async function awaitInsiCall(
  world: ScenarioWorld,
  query: Pick<JournalQuery, 'operation'>,
  action: string,
): Promise<HttpExchange> {
  const deadline = performance.now() + world.bench.exchangeTimeoutMs;
  for (let since = world.mark; ;) {
    const exchange = await world.httpExchange({ service: 'insi', ...query, since }, action);
    if (isAboutScenario(exchange, world.patientKeys)) return exchange;
    world.require(
      performance.now() < deadline,
      `Le produit devait ${action} pour ce patient : ses appels portent tous sur d'autres.`,
    );
    since = exchange.id;
  }
}

/** Keeps each call with its answer, once. */
export function captureCalls(world: ScenarioWorld): void {
  const kept = new Set(world.captures.map(({ exchangeId }) => exchangeId));
  for (const [index, exchange] of insiExchanges(world).entries()) {
    if (kept.has(exchange.id)) continue;
    for (const capture of captureHttp(exchange, `insi-${index + 1}`, `Appel à INSi n° ${index + 1}`)) {
      world.capture(capture);
    }
  }
}

/** A call as the journal of the product must show it. */
export function seenCall(exchange: HttpExchange, world: ScenarioWorld): SeenCall {
  return {
    mode: MODES[exchange.operation] ?? 'traits',
    answer: insiAnswer(exchange, world),
    at: exchange.startedAt,
  };
}

/**
 * Whether INSi refused the very certificate of the call (desir_560, protocols.md §1.5), other than because a situation
 * said so: what a situation plays is told as such in the outcome.
 */
export function isWrongCertificate(exchange: HttpExchange | undefined): boolean {
  return (
    exchange !== undefined &&
    readInsiResponse(exchange.response).code === 'desir_560' &&
    !exchange.outcome.startsWith('joué ')
  );
}

export function codeOf(exchange: HttpExchange, world: ScenarioWorld): string {
  return insiAnswer(exchange, world).code || 'aucune réponse utilisable';
}
