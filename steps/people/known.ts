import { nameKey, type KnownPeople } from '#evidence/guard/index.ts';
import { MAIL_DOMAIN, type Population } from '#mocks/population/index.ts';

/** Whom the bench made up: their identities, names and mailboxes are no alarm for the guard. */
export function knownPeople({ patients, professionals }: Pick<Population, 'patients' | 'professionals'>): KnownPeople {
  return {
    ins: new Set(patients.flatMap(({ ins, history }) => [ins, ...history.map((former) => former.ins)])),
    names: new Set(
      [
        ...patients.flatMap(({ birthName, firstNames }) => [birthName, ...firstNames]),
        ...professionals.flatMap(({ lastName, firstName }) => [lastName, firstName]),
      ].map(nameKey),
    ),
    domains: [MAIL_DOMAIN],
  };
}
