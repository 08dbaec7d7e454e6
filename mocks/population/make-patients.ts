import { INS_OID, nirKey } from '#formats/nir/index.ts';
import { NAMES, PUBLISHED, SITUATIONS } from './data.ts';
import { frenchNumber } from './french-number.ts';
import type { TestPatient } from './types.ts';

/** Birth names: mostly hyphenated, some with apostrophe or space, as RNIV allows (A-Z, space, hyphen, apostrophe). */
function birthName(rank: number): string {
  const number = frenchNumber(rank);
  if (rank % 17 === 0) return `D'ESSAI-${number}`;
  if (rank % 23 === 0) return `DE L'ESSAI ${number}`;
  return `PATTEST-${number}`;
}

function pick(list: readonly string[], rank: number): string {
  return list[rank % list.length] ?? 'CAMILLE';
}

function withKey(thirteen: string): string {
  return `${thirteen}${nirKey(thirteen) ?? ''}`;
}

function wrongKey(fifteen: string): string {
  const key = (Number(fifteen.slice(13)) % 97) + 1;
  return `${fifteen.slice(0, 13)}${String(key).padStart(2, '0')}`;
}

/** Order number of the NIR; `other` for the twin or the former number of the same rank. Never given twice. */
function order(rank: number, whose: 'own' | 'other' = 'own'): string {
  return String(1000 - rank - (whose === 'own' ? 0 : 400)).padStart(3, '0');
}

/** The plain patient of a rank (1 to 400): everything follows from the rank, so that two runs see the same people. */
function plain(rank: number): Omit<TestPatient, 'key' | 'situation'> {
  const sex = rank % 2 === 0 ? 'M' : 'F';
  const year = 1935 + ((rank * 7) % 85);
  const month = String(1 + ((rank * 5) % 12)).padStart(2, '0');
  const day = String(1 + ((rank * 11) % 28)).padStart(2, '0');
  const place = pick(
    NAMES.cities.map((city) => city.cog),
    rank,
  );
  // Sex, year, month, place and order number. Order numbers count down from 999: high ones are rarely given to anybody.
  const thirteen = `${sex === 'M' ? 1 : 2}${String(year % 100).padStart(2, '0')}${month}${place}${order(rank)}`;
  const first = NAMES.firstNames[sex];
  const firstNames = [pick(first, rank), ...(rank % 3 === 0 ? [] : [pick(first, rank + 5)])];
  return {
    birthName: birthName(rank),
    firstNames,
    sex,
    birthDate: `${year}-${month}-${day}`,
    birthPlace: place,
    ins: withKey(thirteen),
    oid: INS_OID.nirTest,
    history: [],
  };
}

function patientsOf(situation: string, key: string, rank: number): readonly TestPatient[] {
  const base: TestPatient = { key, situation, ...plain(rank) };
  const first = NAMES.firstNames[base.sex];
  switch (situation) {
    case 'homonymes': {
      const mine = { ...base, firstNames: [pick(first, rank), pick(first, rank + 3)] };
      const other = plain(rank + 500);
      const twin: TestPatient = {
        ...mine,
        key: `${key}-jumeau`,
        situation: 'homonyme-jumeau',
        firstNames: [pick(first, rank), pick(first, rank + 4)],
        birthPlace: other.birthPlace === mine.birthPlace ? '75114' : other.birthPlace,
        ins: withKey(`${mine.ins.slice(0, 10)}${order(rank, 'other')}`),
      };
      return [mine, twin];
    }
    case 'naissance-00':
      return [{ ...base, birthDate: `${base.birthDate.slice(0, 8)}00` }];
    case 'nia':
      return [{ ...base, oid: INS_OID.niaTest }];
    case 'historique': {
      const former = withKey(`${base.ins.slice(0, 10)}${order(rank, 'other')}`);
      const waiting = withKey(`${base.ins.startsWith('1') ? 2 : 1}${base.ins.slice(1, 10)}${order(rank, 'other')}`);
      return [
        {
          ...base,
          history: [
            { ins: former, oid: INS_OID.nirTest, from: '2009-07-14', to: '2015-03-01' },
            { ins: waiting, oid: INS_OID.niaTest, from: base.birthDate, to: '2009-07-13' },
          ],
        },
      ];
    }
    case 'cle-fausse':
      return [{ ...base, ins: wrongKey(base.ins) }];
    case 'traits-differents':
      return [
        {
          ...base,
          insiTraits: {
            firstNames: [base.firstNames[0] ?? '', pick(first, rank + 1), pick(first, rank + 2)],
            birthPlace: base.birthPlace === '63220' ? '51215' : '63220',
          },
        },
      ];
    default:
      return [base];
  }
}

/** Every patient of the bench, in a fixed order; the same on every machine. */
export function makePatients(): readonly TestPatient[] {
  const patients: TestPatient[] = [];
  let rank = 0;
  for (const { name, count } of SITUATIONS) {
    for (let number = 1; number <= count; number += 1) {
      rank += 1;
      patients.push(...patientsOf(name, `${name}-${String(number).padStart(2, '0')}`, rank));
    }
  }
  return [...patients, ...PUBLISHED];
}
