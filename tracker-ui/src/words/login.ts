import { CallError } from '../call/get.ts';

/** Why the identity provider did not let somebody in, and what to do. */
const REFUSALS: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
  FOURNISSEUR_EN_ECHEC: [
    'La connexion par l’annuaire de l’équipe n’a pas abouti.',
    'Recommencez ; si cela dure, prévenez qui tient ce suivi : son terminal en dit la cause.',
  ],
  COMPTE_SANS_ROLE: [
    'L’annuaire vous connaît, mais aucun rôle de ce suivi ne vous est donné.',
    'Demandez-le à l’administration de ce suivi.',
  ],
  ACCOUNT_EXISTS: [
    'Un autre compte de ce suivi porte déjà votre nom.',
    'Demandez à l’administration de ce suivi de renommer ou de fermer ce compte.',
  ],
  ACCOUNT_NAME_INVALID: [
    'Le nom que donne l’annuaire ne convient pas à un compte de ce suivi.',
    'Prévenez qui tient l’annuaire de l’équipe.',
  ],
  TROP_D_APPELS: ['Trop de connexions en peu de temps.', 'Recommencez dans quelques minutes.'],
};

/** @param code as the tracker gives it in the address; null when nothing was refused */
export function refusedLogin(code: string | null): CallError | undefined {
  if (code === null) return undefined;
  const [message, remedy] = REFUSALS[code] ?? ['La connexion n’a pas abouti.', 'Recommencez.'];
  return new CallError(code, message, remedy);
}
