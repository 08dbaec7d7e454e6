import { currentExchange, pause } from '../network/index.ts';
import { gatewayError, operationOutcome } from './fhir/answers.ts';
import type { AnnuaireDesk } from './types.ts';

const REFUSALS = ['401', '429', '500'] as const;
/** `vide`: a search finds nobody, an extraction has no line. `latence`: `delayMs`, 3 s by default. */
export const ANNUAIRE_SITUATIONS: readonly string[] = [...REFUSALS, 'vide', 'latence'];

/** Waits if asked, then gives the refusal to play, if any. @param about professional the request names */
export async function playTransport(desk: AnnuaireDesk, about: string | undefined): Promise<Response | undefined> {
  const { situations } = desk.context;
  const slow = situations.take('annuaire', about, ['latence']);
  if (slow !== undefined) {
    await pause(Number(slow.parameters?.['delayMs'] ?? 3000));
  }
  switch (situations.take('annuaire', about, REFUSALS)?.situation) {
    case '401':
      return gatewayError(401, 'Unauthorized', 'clé refusée (situation)');
    case '429':
      return gatewayError(429, 'Rate limit exceeded ! Try again later.', 'trop de requêtes (situation)', {
        'Retry-After': '1',
      });
    case '500':
      return operationOutcome(500, 'HAPI-0389: Failed to call access method', 'erreur interne (situation)');
    default:
      return undefined;
  }
}

/** Whether this answer must be empty. */
export function playsEmpty(desk: AnnuaireDesk, about: string | undefined): boolean {
  const empty = desk.context.situations.take('annuaire', about, ['vide']) !== undefined;
  if (empty) currentExchange().outcome('répondu vide (situation)');
  return empty;
}
