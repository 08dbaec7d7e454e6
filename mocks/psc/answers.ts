import { currentExchange } from '../network/index.ts';
import type { ExchangeInProgress } from '../network/types.ts';

const told = new WeakMap<ExchangeInProgress, string>();

/** Adds a French sentence to the outcome of the current exchange; a delay said first is not lost by what follows. */
export function narrate(sentence: string): void {
  const exchange = currentExchange();
  const before = told.get(exchange);
  const outcome = before === undefined ? sentence : `${before} ; ${sentence}`;
  told.set(exchange, outcome);
  exchange.outcome(outcome);
}

/** JSON answer that no cache keeps, as Keycloak gives them. No CORS header, ever: a browser must not read it. */
export function jsonAnswer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Pragma: 'no-cache', ...headers },
  });
}

/**
 * OAuth error body of Keycloak, and the outcome sentence of the exchange.
 * @param why French reason, shown in the journal; the body keeps Keycloak's English text
 */
export function oauthError(status: number, error: string, description: string, why: string): Response {
  narrate(`refusé (${status} ${error}) : ${why}`);
  return jsonAnswer({ error, error_description: description }, status);
}

export function redirectTo(uri: string, parameters: Readonly<Record<string, string | undefined>>): Response {
  const target = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) target.searchParams.append(name, value);
  }
  return new Response(null, { status: 302, headers: { Location: target.href, 'Cache-Control': 'no-store' } });
}
