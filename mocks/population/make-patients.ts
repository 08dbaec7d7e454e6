import { INS_OID } from '#formats/nir/index.ts';
import { NAMES, PUBLISHED, SITUATIONS, type Making } from './data.ts';
import { frenchNumber } from './french-number.ts';
import { heldBy } from './held.ts';
import { makeNumber, withRightKey, withWrongKey } from './numbers.ts';
import type { TestPatient, VitaleCard } from './types.ts';

/** What one patient is made from: everything follows from it, so that two runs see the same people. */
interface Seed {
  /** 1 to `LAST_RANK`, among all. */
  readonly rank: number;
  /** From 0, in the situation. */
  readonly turn: number;
  readonly make: Making;
}

function pick<Item>(list: readonly Item[], turn: number): Item {
  const item = list[turn % list.length];
  if (item === undefined) throw new RangeError('a list of the population is empty');
  return item;
}

/** Birth names: mostly hyphenated, some with apostrophe or space, as RNIV allows (A-Z, space, hyphen, apostrophe). */
function birthName({ rank, turn, make }: Seed): string {
  const usual = rank % 17 === 0 ? "D'ESSAI-{n}" : rank % 23 === 0 ? "DE L'ESSAI {n}" : 'PATTEST-{n}';
  const name = (make.birthNames === undefined ? usual : pick(make.birthNames, turn)).replace('{n}', frenchNumber(rank));
  return make.lengths === undefined ? name : stretch(name, pick(make.lengths, turn));
}

function stretch(name: string, length: number): string {
  return `${name} ${'DE LA LONGUE LIGNEE '.repeat(8)}`.slice(0, length).replace(/ $/, 'E');
}

function birthDate({ rank, make }: Seed): string {
  const { from, to } = make.birthYears ?? { from: 1935, to: 2019 };
  const year = from + ((rank * 7) % (to - from + 1));
  const month = String(1 + ((rank * 5) % 12)).padStart(2, '0');
  const day = String(1 + ((rank * 11) % 28)).padStart(2, '0');
  const without = make.birthDate ?? '';
  return `${year}-${without.includes('mois') ? '00' : month}-${without.includes('jour') ? '00' : day}`;
}

/** Corsica has its own codes, 2A and 2B, since 1976: whoever was born before is born elsewhere. */
function birthPlace({ rank, turn, make }: Seed, date: string): string {
  if (make.places !== undefined) return pick(make.places, turn);
  const cities = NAMES.cities.map(({ cog }) => cog).filter((cog) => date >= '1976' || !/^2[AB]/.test(cog));
  return pick(cities, rank);
}

function firstNames({ rank, turn, make }: Seed, sex: 'M' | 'F'): readonly string[] {
  if (make.firstNames !== undefined) return pick(make.firstNames[sex], Math.floor(turn / 2));
  const usual = NAMES.firstNames[sex];
  return [pick(usual, rank), ...(rank % 3 === 0 ? [] : [pick(usual, rank + 5)])];
}

type Person = Omit<TestPatient, 'key' | 'situation' | 'card'>;

function person(seed: Seed): Person {
  const { rank, turn, make } = seed;
  const sex = rank % 2 === 0 ? 'M' : 'F';
  const date = birthDate(seed);
  const place = birthPlace(seed, date);
  const number = { birthDate: date, place, rank };
  const ins = makeNumber({ ...number, sex });
  const names = firstNames(seed, sex);
  const held = heldBy(make, { turn, firstNames: names, sex, birthPlace: place });
  return {
    birthName: birthName(seed),
    firstNames: names,
    sex,
    birthDate: date,
    birthPlace: place,
    ins: make.wrongKey === true ? withWrongKey(ins) : ins,
    oid: make.authority === 'nia' ? INS_OID.niaTest : INS_OID.nirTest,
    history:
      make.history === true
        ? [
            {
              ins: makeNumber({ ...number, sex, whose: 'other' }),
              oid: INS_OID.nirTest,
              from: '2019-07-14',
              to: '2021-03-01',
            },
            {
              ins: makeNumber({ ...number, sex: sex === 'M' ? 'F' : 'M', whose: 'other' }),
              oid: INS_OID.niaTest,
              from: date,
              to: '2019-07-13',
            },
          ]
        : [],
    ...(held === undefined ? {} : { insiTraits: held }),
    ...(make.deceased === true ? { deathDate: `20${10 + (turn % 15)}-11-0${1 + (turn % 9)}` } : {}),
  };
}

/** Own card of the person, or that of a parent thirty years older. */
function card(one: Person, { rank, turn, make }: Seed, birthRank = 1): VitaleCard {
  const { birthName: name, birthDate: date, birthPlace: place } = one;
  // A card is never wrong: only the answer of INSi is, in the situation made for it.
  const ins = withRightKey(one.ins);
  const inscription = { birthName: name, birthDate: date, birthRank };
  const dependent =
    make.card === 'ayant-droit' || make.card === 'enfant' || (make.companion === 'jumeau' && turn % 2 === 1);
  if (!dependent) return { bearer: ins, holder: ins, ...inscription };
  const older = `${Number(date.slice(0, 4)) - 30}${date.slice(4)}`;
  const holder = makeNumber({ sex: rank % 4 < 2 ? 'F' : 'M', birthDate: older, place, rank, whose: 'other' });
  return { ...(make.card === 'enfant' && turn % 2 === 0 ? { bearer: ins } : {}), holder, ...inscription };
}

function homonymOf(one: Person, { rank }: Seed): Person {
  const usual = NAMES.firstNames[one.sex];
  const place = pick(
    NAMES.cities.map(({ cog }) => cog).filter((cog) => cog !== one.birthPlace && !/^2[AB]/.test(cog)),
    rank + 7,
  );
  return {
    ...one,
    firstNames: [one.firstNames[0] ?? '', pick(usual, rank + 4)],
    birthPlace: place,
    ins: makeNumber({ sex: one.sex, birthDate: one.birthDate, place, rank, whose: 'other' }),
  };
}

/** One pair out of two has the same sex; they never share their first first name. */
function twinOf(one: Person, { rank, turn }: Seed): Person {
  const sex = turn % 4 < 2 ? one.sex : one.sex === 'M' ? 'F' : 'M';
  const names = NAMES.firstNames[sex].filter((name) => !one.firstNames.includes(name));
  return {
    ...one,
    sex,
    firstNames: [pick(names, rank + 3), ...one.firstNames.slice(1)],
    ins: makeNumber({ sex, birthDate: one.birthDate, place: one.birthPlace, rank, whose: 'other' }),
  };
}

function patientsOf(situation: string, key: string, seed: Seed): readonly TestPatient[] {
  const plain = person(seed);
  const { companion } = seed.make;
  const second = `${key}-jumeau`;
  if (companion === 'homonyme') {
    const usual = NAMES.firstNames[plain.sex];
    const one = { ...plain, firstNames: [pick(usual, seed.rank), pick(usual, seed.rank + 3)] };
    const other = homonymOf(one, seed);
    return [
      { key, situation, ...one, card: card(one, seed) },
      { key: second, situation: 'homonyme-jumeau', ...other, card: card(other, seed) },
    ];
  }
  if (companion === 'jumeau') {
    const other = twinOf(plain, seed);
    return [
      { key, situation, ...plain, card: card(plain, seed, 1) },
      { key: second, situation: 'jumeau-second', ...other, card: card(other, seed, 2) },
    ];
  }
  return [{ key, situation, ...plain, card: card(plain, seed) }];
}

/** Every patient of the bench, in a fixed order; the same on every machine. */
export function makePatients(): readonly TestPatient[] {
  const patients: TestPatient[] = [];
  let rank = 0;
  for (const { name, count, make = {} } of SITUATIONS) {
    for (let turn = 0; turn < count; turn += 1) {
      rank += 1;
      patients.push(...patientsOf(name, `${name}-${String(turn + 1).padStart(2, '0')}`, { rank, turn, make }));
    }
  }
  return [...patients, ...PUBLISHED];
}
