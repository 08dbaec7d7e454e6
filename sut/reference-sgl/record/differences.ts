import { withoutAccents } from '../documents/index.ts';
import type { Patient } from '../model/index.ts';
import type { ExistenceTold } from '../outbox/index.ts';
import type { Difference } from './types.ts';

type Identity = NonNullable<ExistenceTold['identity']>;

/**
 * Traits that the DMP holds otherwise than we do: birth name, first given name, sex, birth date. Case, accents, hyphens
 * and apostrophes apart; what the DMP does not give is no difference.
 */
export function differencesOf({ traits }: Patient, inDmp: Identity): Difference[] {
  const rows: readonly (readonly [field: string, here: string, there: string])[] = [
    ['Nom de naissance', traits.birthName, inDmp.birthName],
    ['Premier prénom', traits.firstNames[0] ?? '', inDmp.firstName],
    ['Sexe', traits.sex, inDmp.sex],
    ['Date de naissance', traits.birthDate.replaceAll('-', ''), inDmp.birthDate],
  ];
  return rows
    .filter(([, here, there]) => there !== '' && plain(here) !== plain(there))
    .map(([field, here, there]) => ({ field, here, inDmp: there }));
}

function plain(text: string): string {
  return withoutAccents(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}
