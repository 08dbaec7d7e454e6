import { frenchNumber } from '../population/french-number.ts';
import { withLuhn } from '../population/people.ts';
import type { Population, TestProfessional, TestStructure } from '../population/types.ts';
import generated from './data/generated.json' with { type: 'json' };
import type { DirectoryActivity, DirectoryMailbox, DirectoryPerson, DirectoryStructure } from './types.ts';

const { domain: DOMAIN, every: EVERY } = generated;
/** Professionals that only the directory knows, the first day. */
export const GENERATED: number = generated.people;

/** Every structure of the population, then the generated practices: each once. */
export function makeStructures(population: Population, updatedAt: Date): readonly DirectoryStructure[] {
  const structures = new Map<string, TestStructure>();
  for (const one of [population.laboratory, ...population.professionals.map(({ structure }) => structure)])
    structures.set(one.id, one);
  const known = structures.size;
  for (const one of PRACTICES) structures.set(one.id, one);
  return [...structures.values()].map((structure, index) => {
    const kind = structure.id === population.laboratory.id ? 'Boîte du laboratoire' : 'Boîte de la structure';
    const number = index - known + 1;
    const own = [mailbox(structure.mailbox, 'ORG', 1, kind)];
    const [local = ''] = structure.mailbox.split('@');
    const application = mailbox(`${local}.application@${DOMAIN}`, 'APP', 2, 'Boîte applicative');
    return {
      id: `001-01-${structure.finess}`,
      structure,
      active: true,
      mailboxes: number > 0 && number % EVERY.structureWithApplication === 0 ? [...own, application] : own,
      updatedAt,
    };
  });
}

export function mailbox(
  address: string,
  type: DirectoryMailbox['type'],
  rank: number,
  description: string,
): DirectoryMailbox {
  return { address, type, rank, description, digitization: true };
}

/** A professional of the population, as the directory publishes them. */
export function personOf(one: TestProfessional, updatedAt: Date): DirectoryPerson {
  return {
    id: `003-${one.rpps}`,
    nationalId: one.nationalId,
    rpps: one.rpps,
    lastName: one.lastName,
    firstName: one.firstName,
    civility: one.civility,
    title: one.title,
    profession: one.profession,
    speciality: one.speciality,
    active: true,
    mailboxes: [mailbox(one.mailbox, 'PER', 1, 'Boîte personnelle')],
    activities: [activity(one.rpps, 1, one.structure, true, [])],
    updatedAt,
  };
}

/**
 * The generated professional of this number, the same each time: by rank, no longer active, without a mailbox, with
 * several, with two activities (`data/generated.json`).
 * @param number from 1
 */
export function generatedPerson(number: number, updatedAt: Date): DirectoryPerson {
  const rpps = withLuhn(`99${String(70_010_000 + number).padStart(8, '0')}`);
  const lastName = `${generated.namePrefix}${frenchNumber(number)}`;
  const firstName = generated.firstNames[number % generated.firstNames.length] ?? 'ALEX';
  const active = !isEvery(number, EVERY.inactive);
  const local = `${firstName}.${lastName}`.toLowerCase();
  const box = (suffix: string, type: DirectoryMailbox['type'], rank: number, description: string): DirectoryMailbox =>
    mailbox(`${local}${suffix}@${DOMAIN}`, type, rank, description);
  const own = [
    box('', 'PER', 1, 'Boîte personnelle'),
    ...(isEvery(number, EVERY.twoMailboxes) ? [box('.2', 'PER', 2, 'Seconde boîte personnelle')] : []),
    ...(isEvery(number, EVERY.personalCabinetMailbox) ? [box('.secretariat', 'CAB', 3, 'Boîte du cabinet')] : []),
  ];
  const there = [
    box('.cabinet', 'CAB', 1, 'Boîte du cabinet'),
    ...(isEvery(number, EVERY.personalMailboxOfActivity) ? [box('.lieu', 'PER', 2, 'Boîte dans la structure')] : []),
  ];
  return {
    id: `003-${rpps}`,
    nationalId: `8${rpps}`,
    rpps,
    lastName,
    firstName,
    civility: number % 2 === 0 ? 'M' : 'MME',
    title: 'DR',
    profession: '10',
    speciality: generated.specialities[number % generated.specialities.length] ?? '',
    active,
    mailboxes: isEvery(number, EVERY.withoutMailbox) ? [] : own,
    activities: [
      activity(rpps, 1, practiceOf(number), active, []),
      ...(isEvery(number, EVERY.twoActivities) ? [activity(rpps, 2, practiceOf(number + 7), active, there)] : []),
    ],
    updatedAt,
  };
}

/** A generated practice, round and round. */
export function practiceOf(number: number): TestStructure {
  return PRACTICES[number % PRACTICES.length] ?? practice(1);
}

function isEvery(number: number, rank: number): boolean {
  return number % rank === 0;
}

function activity(
  rpps: string,
  number: number,
  structure: TestStructure,
  active: boolean,
  mailboxes: readonly DirectoryMailbox[],
): DirectoryActivity {
  return { id: `005-${rpps}-${number}`, structure, active, mailboxes };
}

function practice(number: number): TestStructure {
  const finess = `0B03${String(number).padStart(5, '0')}`;
  const place = generated.cities[number % generated.cities.length];
  return {
    id: `1${finess}`,
    finess,
    name: `MAISON DE SANTE TEST ${frenchNumber(number)}`,
    sector: number % 2 === 0 ? 'SA08' : 'SA07',
    mailbox: `maison-${number}@${DOMAIN}`,
    city: place?.city ?? '',
    postalCode: place?.postalCode ?? '',
  };
}

const PRACTICES: readonly TestStructure[] = Array.from({ length: generated.structures }, (_, index) =>
  practice(index + 1),
);
