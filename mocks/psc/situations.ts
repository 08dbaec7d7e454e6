import { pause } from '../network/index.ts';
import { narrate } from './answers.ts';
import type { TokenFault } from './tokens.ts';
import type { PscDesk } from './types.ts';

/** Steps of the dialogue that latency and failure can be aimed at, by suffix: `http-503-html-token`. */
export const STEPS = ['discovery', 'authorization', 'token', 'userinfo', 'introspection', 'logout'] as const;
export type Step = (typeof STEPS)[number];

/** What the token answer can play. */
export const TOKEN_FAULTS: readonly TokenFault[] = ['nonce-faux', 'iss-faux', 'jeton-expire', 'signature-fausse'];
/** What the login form can play. */
export const REFUSAL = 'refus-utilisateur';

/** Every name the mock announces. `latence` and `http-503-html` alone hit whichever exchange comes next. */
export const PSC_SITUATIONS: readonly string[] = [
  REFUSAL,
  ...TOKEN_FAULTS,
  'latence',
  'http-503-html',
  ...STEPS.flatMap((step) => [`latence-${step}`, `http-503-html-${step}`]),
];

/**
 * Plays latency (waits `delayMs`, 3 s by default) and outage, before the step itself looks at the request.
 * @returns the answer of a front end whose back end is down, or undefined to go on
 */
export async function playTransport(
  desk: PscDesk,
  step: Step,
  about: string | undefined,
): Promise<Response | undefined> {
  const slow = desk.context.situations.take('psc', about, ['latence', `latence-${step}`]);
  if (slow !== undefined) {
    const delayMs = Number(slow.parameters?.['delayMs'] ?? 3000);
    narrate(`réponse retardée de ${delayMs} ms`);
    await pause(delayMs);
  }
  const down = desk.context.situations.take('psc', about, ['http-503-html', `http-503-html-${step}`]);
  if (down === undefined) return undefined;
  narrate('répondu 503 en HTML, service indisponible');
  return new Response(
    '<html><head><title>503 Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>',
    { status: 503, headers: { 'Content-Type': 'text/html; charset=iso-8859-1', 'Retry-After': '5' } },
  );
}
