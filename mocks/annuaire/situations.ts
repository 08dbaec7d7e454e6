import { currentExchange, pause } from '../network/index.ts';
import type { Situation, Situations } from '../situations/types.ts';
import type { DirectoryBook } from './book.ts';
import { CHANGES, isChange } from './changes.ts';
import { gatewayError, operationOutcome } from './fhir/answers.ts';
import type { AnnuaireDesk } from './types.ts';

const REFUSALS = ['401', '403', '412', '429', '500', '503'] as const;
/** What may happen to an extraction: see `extraction/damage.ts`. */
export const DAMAGES = [
  'extraction-tronquee',
  'extraction-html',
  'extraction-colonne-fausse',
  'extraction-colonnes-deplacees',
  'extraction-lignes-abimees',
] as const;
const NEXT_DAY = 'annuaire-jour-suivant';

export type Damage = (typeof DAMAGES)[number];

/**
 * A refusal of the gateway or of the server; `vide`: a search finds nobody, an extraction has no line; `latence`: waits
 * `delayMs`, 3 s by default; `page-expiree`: the next page is gone; `extraction-…`: the next extraction is damaged;
 * `annuaire-jour-suivant`: the directory is one day further (`times` days); the names of `changes.json`: something
 * happened to the professional that the situation is about. These last two are done once, and stay until the reset.
 */
export const ANNUAIRE_SITUATIONS: readonly string[] = [
  ...REFUSALS,
  'vide',
  'latence',
  'page-expiree',
  ...DAMAGES,
  NEXT_DAY,
  ...CHANGES.map(({ name }) => name),
];

/** Announces the situations; those that change the directory say what is wrong with whom they are about. */
export function announceSituations(situations: Situations, book: DirectoryBook): void {
  situations.announce('annuaire', ANNUAIRE_SITUATIONS, ({ situation, about }) => {
    if (situation === NEXT_DAY)
      return about === undefined ? undefined : 'elle concerne tout l’annuaire : « about » est de trop';
    if (!isChange(situation)) return undefined;
    if (about === undefined) return '« about » manque : l’identifiant national ou le RPPS du professionnel';
    return book.knows(about) ? undefined : `l’annuaire ne connaît pas le professionnel ${about}`;
  });
}

/** Does to the directory what the situations say has happened since the last request. */
export function catchUp({ context: { situations }, book }: AnnuaireDesk): void {
  const due = situations
    .list()
    .filter(({ service, situation }) => service === 'annuaire' && (situation === NEXT_DAY || isChange(situation)));
  // Those set without `times` come last set first: they happen in the order they were set.
  const counted = due.filter(({ times }) => times !== undefined);
  const lasting = due.filter(({ times }) => times === undefined).toReversed();
  for (const one of [...counted, ...lasting]) {
    situations.remove({ service: 'annuaire', about: one.about ?? null, situation: one.situation });
    happen(book, one);
  }
}

function happen(book: DirectoryBook, { situation, about, times = 1 }: Situation): void {
  if (isChange(situation)) {
    if (about !== undefined) book.change(about, situation);
    return;
  }
  for (let day = 0; day < Math.min(times, 365); day += 1) book.nextDay();
}

/** Waits if asked, then gives the refusal to play, if any. @param about professional the request names */
export async function playTransport(desk: AnnuaireDesk, about: string | undefined): Promise<Response | undefined> {
  const { situations } = desk.context;
  const slow = situations.take('annuaire', about, ['latence']);
  if (slow !== undefined) {
    await pause(Number(slow.parameters?.['delayMs'] ?? 3000));
  }
  const later = { 'Retry-After': '1' };
  switch (situations.take('annuaire', about, REFUSALS)?.situation) {
    case '401':
      return gatewayError(401, 'Unauthorized', 'clé refusée (situation)');
    case '403':
      return gatewayError(403, 'Forbidden', 'accès interdit (situation)');
    case '412':
      return operationOutcome(412, 'HAPI-0550: Precondition failed', 'condition non remplie (situation)');
    case '429':
      return gatewayError(429, 'Rate limit exceeded ! Try again later.', 'trop de requêtes (situation)', later);
    case '500':
      return operationOutcome(500, 'HAPI-0389: Failed to call access method', 'erreur interne (situation)');
    case '503':
      return gatewayError(503, 'Service Unavailable', 'service indisponible (situation)', later);
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

/** Whether the page asked must be gone. */
export function playsExpired(desk: AnnuaireDesk): boolean {
  return desk.context.situations.take('annuaire', undefined, ['page-expiree']) !== undefined;
}

/** What must happen to this extraction. */
export function damageToPlay(desk: AnnuaireDesk): Damage | undefined {
  const played = desk.context.situations.take('annuaire', undefined, DAMAGES)?.situation;
  return DAMAGES.find((one) => one === played);
}
