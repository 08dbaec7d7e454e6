import type { Attribution, RawHeader, Service } from '#formats/exchange/index.ts';
import type { Situations } from '../situations/types.ts';
import { pause, type LiveExchange } from './current-exchange.ts';
import { addFault, insteadOf } from './sentences.ts';
import { textResponse, type WireResponse } from './wire-response.ts';

/**
 * What the adapter plays on the answer of any HTTP service: slow, cut without an answer, stopped half-way, replaced by
 * the page of a front end whose back end is down, or under a wrong media type (protocols.md §1.6 A10, annex B.3).
 */
export const WIRE_SITUATIONS = ['latence', 'coupure', 'tronque', 'http-503-html', 'type-contenu-faux'] as const;

type WireSituation = (typeof WIRE_SITUATIONS)[number];

const DEFAULT_DELAY_MS = 3000;
const DOWN =
  '<!DOCTYPE html><html lang="fr"><head><title>503 Service indisponible</title></head><body><h1>Service momentanément indisponible</h1></body></html>';

/** Names that the adapter plays for each service of a bench, several listeners of a service sharing them. */
const ours = new WeakMap<Situations, Map<Service, readonly WireSituation[]>>();

/**
 * Announces the wire situations that the mock does not play itself. A mock announces its own before it listens: what it
 * plays with knowledge of its protocol (a 503 before anything is kept) stays its own.
 * @returns the names that the adapter plays
 */
export function claimWireSituations(situations: Situations, service: Service): readonly string[] {
  const services = ours.get(situations) ?? new Map<Service, readonly WireSituation[]>();
  ours.set(situations, services);
  const before = services.get(service);
  if (before !== undefined) return before;
  const known = situations.known(service);
  const claimed = WIRE_SITUATIONS.filter((name) => !known.includes(name));
  situations.announce(service, claimed);
  services.set(service, claimed);
  return claimed;
}

/**
 * Plays what is set for whoever the exchange is about, once its handler has answered. Each name is taken by itself: a
 * slow answer may also be truncated.
 */
export async function playOnWire(
  live: LiveExchange,
  response: WireResponse,
  {
    situations,
    service,
    names,
    now,
  }: {
    readonly situations: Situations;
    readonly service: Service;
    readonly names: readonly string[];
    readonly now: () => Date;
  },
): Promise<WireResponse> {
  const subjects = subjectsOf(live.attributed);
  let played = response;
  for (const name of WIRE_SITUATIONS) {
    if (!names.includes(name)) continue;
    const situation = situations.take(service, subjects, [name]);
    if (situation === undefined) continue;
    switch (name) {
      case 'latence': {
        const delay = Number(situation.parameters?.['delayMs'] ?? DEFAULT_DELAY_MS);
        say(live, `réponse retardée de ${delay} ms (situation latence)`);
        await pause(delay);
        break;
      }
      case 'coupure':
        live.fault = 'reset';
        break;
      case 'tronque':
        live.fault ??= 'truncate';
        break;
      case 'http-503-html': {
        const { headers, ...rest } = textResponse(503, DOWN, now());
        live.sentence = insteadOf(live.sentence, 'répondu HTTP 503 en HTML (situation http-503-html)');
        played = { ...rest, headers: [...withType(headers, 'text/html; charset=utf-8'), ['Retry-After', '5']] };
        break;
      }
      case 'type-contenu-faux':
        say(live, 'type de contenu remplacé par text/plain (situation type-contenu-faux)');
        played = { ...played, headers: withType(played.headers, 'text/plain; charset=utf-8') };
        break;
    }
  }
  return played;
}

/** Everything that tells whose the exchange is, the patient first. */
function subjectsOf({ patient, ins, professional, mailboxes, documentIds }: Attribution): readonly string[] {
  return [patient, ins, professional, ...(mailboxes ?? []), ...(documentIds ?? [])].filter((one) => one !== undefined);
}

function say(live: LiveExchange, sentence: string): void {
  live.sentence = addFault(live.sentence, sentence);
}

function withType(headers: readonly RawHeader[], type: string): readonly RawHeader[] {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return [['Content-Type', type], ...others];
}
