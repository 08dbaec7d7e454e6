import type { InsiAuthentication, SglConfig } from '../model/index.ts';

/** What was asked is not something that this system does. */
export class Unsupported extends Error {}

/**
 * The way to authenticate a call of INSi, when it is asked for.
 *
 * @throws {Unsupported} by Pro Santé Connect: the form of such a call is not in a public document, none is invented here;
 *   by card, when no card is configured
 */
export function authenticationOf(
  config: SglConfig,
  asked: InsiAuthentication | undefined,
): { authentication?: InsiAuthentication } {
  if (asked === 'psc') {
    throw new Unsupported(
      "Ce logiciel n'appelle pas INSi avec une session Pro Santé Connect : la forme de cet appel n'est pas publiée.",
    );
  }
  if (asked === 'cpx' && !config.insi.cpx) {
    throw new Unsupported("Aucune carte CPx n'est configurée : renseignez « insi.cpx ».");
  }
  return asked ? { authentication: asked } : {};
}
