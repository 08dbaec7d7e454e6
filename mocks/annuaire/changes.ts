import table from './data/changes.json' with { type: 'json' };
import type { TestStructure } from '../population/types.ts';
import { mailbox, practiceOf } from './people.ts';
import type { DirectoryActivity, DirectoryMailbox, DirectoryPerson } from './types.ts';

export type ChangeName =
  | 'nom-modifie'
  | 'structure-modifiee'
  | 'boite-modifiee'
  | 'boite-absente'
  | 'boite-liste-rouge'
  | 'boites-multiples'
  | 'deux-structures'
  | 'depart'
  | 'non-inscrit'
  | 'inscription';

/** What may happen to a professional of the directory, with its meaning in French. */
export const CHANGES: readonly { readonly name: string; readonly meaning: string }[] = table.changes;

export function isChange(name: string): name is ChangeName {
  return CHANGES.some((one) => one.name === name);
}

/**
 * A person after a change; undefined when nothing is published of them.
 * @param original the person as on the first day
 * @param seed what chooses another generated structure
 * @param elsewhere another structure, that of somebody else
 */
export function changed(
  person: DirectoryPerson,
  name: ChangeName,
  {
    original,
    seed,
    elsewhere,
    at,
  }: {
    readonly original: DirectoryPerson;
    readonly seed: number;
    readonly elsewhere: TestStructure;
    readonly at: Date;
  },
): DirectoryPerson | undefined {
  const [first] = person.activities;
  switch (name) {
    case 'nom-modifie':
      return { ...person, lastName: `${original.lastName}-BIS`, updatedAt: at };
    case 'structure-modifiee': {
      const others = person.activities.slice(1);
      const there = practiceOf(seed);
      const structure = there.id === first?.structure.id ? practiceOf(seed + 1) : there;
      return { ...person, activities: first ? [{ ...first, structure }, ...others] : [], updatedAt: at };
    }
    case 'boite-modifiee':
      return {
        ...person,
        mailboxes: [mailbox(alias(person, 'nouvelle'), 'PER', 1, 'Boîte personnelle')],
        updatedAt: at,
      };
    case 'boite-absente':
    case 'boite-liste-rouge':
      return withMailboxes(person, [], [], at);
    case 'boites-multiples':
      return withMailboxes(
        person,
        [
          mailbox(original.mailboxes[0]?.address ?? alias(person, '1'), 'PER', 1, 'Boîte personnelle'),
          mailbox(alias(person, '2'), 'PER', 2, 'Seconde boîte personnelle'),
        ],
        [mailbox(alias(person, 'cabinet'), 'CAB', 1, 'Boîte du cabinet')],
        at,
      );
    case 'deux-structures': {
      const [home] = original.activities;
      return { ...person, activities: home ? inTwoPlaces(home, elsewhere) : [], updatedAt: at };
    }
    case 'depart':
      return {
        ...person,
        active: false,
        activities: person.activities.map((one) => ({ ...one, active: false })),
        updatedAt: at,
      };
    case 'non-inscrit':
      return undefined;
    case 'inscription':
      return { ...original, updatedAt: at };
  }
}

/** The same activity in both structures, reached in each by the mailbox of the structure: one that the operator serves. */
function inTwoPlaces(home: DirectoryActivity, elsewhere: TestStructure): readonly DirectoryActivity[] {
  const number = home.id.lastIndexOf('-');
  return [home.structure, elsewhere].map((structure, index) => ({
    id: `${home.id.slice(0, number)}-${index + 1}`,
    structure,
    active: true,
    mailboxes: [mailbox(structure.mailbox, 'CAB', 1, 'Boîte dans la structure')],
  }));
}

function withMailboxes(
  person: DirectoryPerson,
  own: readonly DirectoryMailbox[],
  there: readonly DirectoryMailbox[],
  at: Date,
): DirectoryPerson {
  const activities = person.activities.map((one, index) => ({ ...one, mailboxes: index === 0 ? there : [] }));
  return { ...person, mailboxes: own, activities, updatedAt: at };
}

/** An address of the domain where this person already has one. */
function alias({ firstName, lastName, mailboxes }: DirectoryPerson, suffix: string): string {
  const domain = mailboxes[0]?.address.split('@')[1] ?? 'annuaire.mssante.test';
  return `${firstName}.${lastName}.${suffix}@${domain}`.toLowerCase();
}
