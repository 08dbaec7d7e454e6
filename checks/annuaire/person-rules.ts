import { isListed, knownOf, mailboxesOf } from './published.ts';
import type { PersonRule, PersonSubject } from './types.ts';

const PEOPLE: readonly string[] = ['ANN/va1.02', 'ANN/va1.03'];
const SOURCE = 'ANN/va1.02 et ANN/va1.03 : utilisateurs et correspondants créés et mis à jour depuis l’Annuaire Santé';

/** What holds of a user or a correspondent taken from the directory. */
export const PERSON_RULES: readonly PersonRule[] = [
  {
    id: 'ANN-PERSON-NUMBER',
    layer: 'business',
    severity: 'error',
    requirements: PEOPLE,
    source: SOURCE,
    title: 'Le numéro RPPS du professionnel vient de l’annuaire.',
    expected: 'un RPPS de 11 chiffres que l’annuaire a rendu',
    remedy: 'Prenez le RPPS dans la réponse de l’API ou dans l’extraction.',
    judge: (subject) => {
      const { rpps = '' } = subject.person;
      return /^\d{11}$/u.test(rpps) && knownOf(subject, subject.person) !== undefined
        ? []
        : [{ where: 'professionnel montré', received: rpps === '' ? 'aucun RPPS' : rpps }];
    },
  },
  {
    id: 'ANN-PERSON-DATA',
    layer: 'business',
    severity: 'error',
    requirements: PEOPLE,
    source: SOURCE,
    title: 'Le nom, le prénom et la profession du professionnel sont ceux de l’annuaire.',
    expected: 'les données de la dernière réponse de l’annuaire',
    remedy: 'Mettez à jour le professionnel avec ce que l’annuaire vient de rendre.',
    judge: (subject) => {
      const known = knownOf(subject, subject.person);
      if (known === undefined) return [];
      const { lastName, firstName, profession } = subject.person;
      return [
        ...compared('nom', lastName, known.lastName),
        ...compared('prénom', firstName, known.firstName),
        ...(profession === undefined || known.professions.includes(profession)
          ? []
          : [{ where: 'profession montrée', received: profession, expected: known.professions.join(', ') }]),
      ];
    },
  },
  {
    id: 'ANN-PERSON-MAILBOX',
    layer: 'business',
    severity: 'error',
    requirements: ['ANN/va1.03'],
    source: SOURCE,
    title: 'La boîte MSSanté du professionnel est celle que l’annuaire publie.',
    expected: 'une adresse de l’API ou de l’extraction',
    remedy: 'Remplacez l’adresse gardée par celle que l’annuaire vient de rendre.',
    judge: (subject) => {
      const address = subject.person.mailbox?.toLowerCase();
      return address === undefined || isPublished(subject, address)
        ? []
        : [{ where: 'boîte montrée', received: address }];
    },
  },
  {
    id: 'ANN-PERSON-GONE',
    layer: 'business',
    severity: 'error',
    requirements: PEOPLE,
    source: SOURCE,
    title: 'Le produit montre qu’un professionnel n’exerce plus.',
    expected: 'une marque de départ, et seulement pour qui est inactif dans l’annuaire',
    remedy: 'Lisez active à chaque mise à jour, et montrez le départ à l’utilisateur.',
    judge: (subject) => {
      const known = knownOf(subject, subject.person);
      const gone = subject.person.gone === true;
      return known === undefined || gone !== known.active
        ? []
        : [
            {
              where: 'professionnel montré',
              received: gone ? 'parti, alors qu’il exerce' : 'en exercice, alors qu’il est inactif',
            },
          ];
    },
  },
];

/** In the last call that returned mailboxes, or in a file. */
function isPublished(subject: PersonSubject, address: string): boolean {
  const last = subject.calls.findLast(({ bundle }) => (bundle?.mailboxes ?? []).length > 0);
  const published = last === undefined ? [] : mailboxesOf({ calls: [last], extractions: [] });
  return published.some((one) => one.address === address) || isListed(subject, address);
}

function compared(what: string, shown: string, published: string) {
  return simple(shown) === simple(published) ? [] : [{ where: `${what} montré`, received: shown, expected: published }];
}

/** Case, accents and separators are a matter of display. */
function simple(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();
}
