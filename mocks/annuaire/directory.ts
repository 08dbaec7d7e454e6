import { frenchNumber } from '../population/french-number.ts';
import { withLuhn } from '../population/people.ts';
import type { Population, TestProfessional, TestStructure } from '../population/types.ts';
import type { Directory, DirectoryActivity, DirectoryMailbox, DirectoryPerson, DirectoryStructure } from './types.ts';

/** Professionals that only the directory knows: enough for several pages and for an import worth its name. */
const GENERATED = 300;
const STRUCTURES = 60;
/** Reserved domain: nobody of the bench reads there, and no mail can leave for it. */
const DOMAIN = 'annuaire.mssante.test';
const FIRST_NAMES = ['ALEX', 'CAMILLE', 'DOMINIQUE', 'CLAUDE', 'MORGAN', 'SACHA', 'ANDREA', 'EDEN'];
const SPECIALITIES = ['SM26', 'SM54', 'SM04', 'SM03'];
const CITIES = [
  ['63000', 'CLERMONT-FERRAND'],
  ['51100', 'REIMS'],
  ['69003', 'LYON'],
  ['75014', 'PARIS'],
] as const;

/**
 * The people of the population, then generated ones, the same at each start. Among the generated, by rank: every 25th
 * is no longer active, every 10th has no mailbox, every 15th two mailboxes with ranks, every 12th two activities.
 */
export function makeDirectory(population: Population): Directory {
  const structures = new Map<string, TestStructure>();
  const register = (one: TestStructure): TestStructure => {
    structures.set(one.id, one);
    return one;
  };
  register(population.laboratory);
  const real = population.professionals.map((one) => personOf(one, register(one.structure)));
  const practices = Array.from({ length: STRUCTURES }, (_, index) => register(practice(index + 1)));
  const generated = Array.from({ length: GENERATED }, (_, index) => generatedPerson(index + 1, practices));
  return {
    people: [...real, ...generated],
    structures: [...structures.values()].map((structure) => directoryStructure(structure, population.laboratory)),
  };
}

function mailbox(address: string, type: DirectoryMailbox['type'], rank: number, description: string): DirectoryMailbox {
  return { address, type, rank, description, digitization: true };
}

function personOf(one: TestProfessional, structure: TestStructure): DirectoryPerson {
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
    activities: [activity(one.rpps, 1, structure, true, [])],
  };
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
  const [postalCode, city] = CITIES[number % CITIES.length] ?? CITIES[0];
  return {
    id: `1${finess}`,
    finess,
    name: `MAISON DE SANTE TEST ${frenchNumber(number)}`,
    sector: number % 2 === 0 ? 'SA08' : 'SA07',
    mailbox: `maison-${number}@${DOMAIN}`,
    city,
    postalCode,
  };
}

function generatedPerson(number: number, practices: readonly TestStructure[]): DirectoryPerson {
  const rpps = withLuhn(`9970001${String(number).padStart(3, '0')}`);
  const lastName = `ANNUTEST-${frenchNumber(number)}`;
  const firstName = FIRST_NAMES[number % FIRST_NAMES.length] ?? 'ALEX';
  const active = number % 25 !== 0;
  const local = `${firstName}.${lastName}`.toLowerCase();
  const [first = practice(1), second = practice(2)] = [
    practices[number % practices.length],
    practices[(number + 7) % practices.length],
  ];
  const own = [
    mailbox(`${local}@${DOMAIN}`, 'PER', 1, 'Boîte personnelle'),
    ...(number % 15 === 0 ? [mailbox(`${local}.2@${DOMAIN}`, 'PER', 2, 'Seconde boîte personnelle')] : []),
  ];
  const ofPractice = mailbox(`${local}.cabinet@${DOMAIN}`, 'CAB', 1, 'Boîte du cabinet');
  return {
    id: `003-${rpps}`,
    nationalId: `8${rpps}`,
    rpps,
    lastName,
    firstName,
    civility: number % 2 === 0 ? 'M' : 'MME',
    title: 'DR',
    profession: '10',
    speciality: SPECIALITIES[number % SPECIALITIES.length] ?? '',
    active,
    mailboxes: number % 10 === 0 ? [] : own,
    activities: [
      activity(rpps, 1, first, active, []),
      ...(number % 12 === 0 ? [activity(rpps, 2, second, active, [ofPractice])] : []),
    ],
  };
}

function directoryStructure(structure: TestStructure, laboratory: TestStructure): DirectoryStructure {
  const kind = structure.id === laboratory.id ? 'Boîte du laboratoire' : 'Boîte de la structure';
  return {
    id: `001-01-${structure.finess}`,
    structure,
    active: true,
    mailboxes: [mailbox(structure.mailbox, 'ORG', 1, kind)],
  };
}
