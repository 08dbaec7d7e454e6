import { Refusal } from '../model/index.ts';
import type { Profile } from '../sessions/index.ts';

export const RIGHTS = ['identites', 'appel-insi', 'parametres'] as const;
/** To see identities and their INS; to call INSi; to change settings. */
export type Right = (typeof RIGHTS)[number];

export interface Rights {
  has(profile: Profile, right: Right): boolean;
  set(profile: Profile, rights: readonly Right[]): void;
  /** @throws {Refusal} `NON_HABILITE` */
  need(profile: Profile, right: Right): void;
}

const NAMES: Readonly<Record<Right, string>> = {
  identites: 'accéder aux identités et à l’INS',
  'appel-insi': 'appeler le téléservice INSi',
  parametres: 'modifier les paramètres',
};

/** Who may do what, by profile; the person in charge changes it (rule 4, INS/va1.50 and INS/va1.32). */
export function createRights(): Rights {
  const table = new Map<Profile, Set<Right>>([
    ['utilisateur', new Set<Right>(['identites', 'appel-insi'])],
    ['super-utilisateur', new Set<Right>(RIGHTS)],
    ['technicien', new Set<Right>()],
  ]);
  const has = (profile: Profile, right: Right): boolean => table.get(profile)?.has(right) === true;
  return {
    has,
    set(profile, rights) {
      // Nobody may shut everybody out of the settings.
      const kept = profile === 'super-utilisateur' ? [...rights, 'parametres' as const] : rights;
      table.set(profile, new Set(kept));
    },
    need(profile, right) {
      if (has(profile, right)) return;
      throw new Refusal(
        'NON_HABILITE',
        `Votre profil n'est pas habilité à ${NAMES[right]}.`,
        'Demandez cette habilitation au responsable du laboratoire.',
      );
    },
  };
}
