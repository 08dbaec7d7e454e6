import { readInsiResponse, type SeenCall } from '#checks/ins/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { captureHttp } from './captures.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Operation of the journal → mode of the trace that the product keeps. */
const MODES: Readonly<Record<string, SeenCall['mode']>> = {
  rechercherInsAvecTraitsIdentite: 'traits',
  rechercherInsAvecCarteVitale: 'vitale',
  verifierIns: 'verification',
  verifierInsEnMasse: 'verification-masse',
};

/** Calls of the scenario to INSi, in order. */
export function insiExchanges(world: ScenarioWorld): readonly HttpExchange[] {
  return world.seen({ service: 'insi' }).filter((exchange): exchange is HttpExchange => exchange.protocol === 'http');
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
export function seenCall(exchange: HttpExchange): SeenCall {
  return {
    mode: MODES[exchange.operation] ?? 'traits',
    answer: readInsiResponse(exchange.response),
    at: exchange.startedAt,
  };
}

/**
 * Whether INSi refused the very certificate of the call (desir_560, protocols.md §1.5), other than because a situation
 * said so: what a situation plays is told as such in the outcome.
 */
export function isWrongCertificate(exchange: HttpExchange | undefined): boolean {
  return exchange !== undefined && codeOf(exchange) === 'desir_560' && !exchange.outcome.startsWith('joué ');
}

export function codeOf(exchange: HttpExchange): string {
  return readInsiResponse(exchange.response).code || 'aucune réponse utilisable';
}
