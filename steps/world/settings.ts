import type { GestureInput } from '#sut/driver/index.ts';

type Settings = GestureInput<'adjustSettings'>;

/**
 * What a product is set to before any scenario: the plain laboratory of the suite, an identity repository that cares for
 * its patients and has no trust contract. The port shows no setting, so what a scenario changed goes back to these.
 */
const USUAL: Required<Settings> = {
  identityRole: 'referentiel',
  trustedDomains: [],
  directCare: true,
  automaticValidation: true,
  strongDocuments: ['carte-identite', 'passeport', 'titre-sejour'],
};

/** The settings that undo these. */
export function usualOf(changed: Settings): Settings {
  return Object.fromEntries(Object.entries(USUAL).filter(([name]) => name in changed));
}
