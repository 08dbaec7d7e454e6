import type { Population, TestStructure } from '../population/types.ts';
import { changed, type ChangeName } from './changes.ts';
import generated from './data/generated.json' with { type: 'json' };
import { GENERATED, generatedPerson, makeStructures, personOf, practiceOf } from './people.ts';
import type { Directory, DirectoryPerson } from './types.ts';

const { day: DAY } = generated;
/** Ranks that a day goes through: those who change name, structure, mailbox, then those who leave. */
const PER_DAY: readonly (readonly [ChangeName, number])[] = [
  ['nom-modifie', DAY.name],
  ['structure-modifiee', DAY.structure],
  ['boite-modifiee', DAY.mailbox],
  ['depart', DAY.departure],
];
const TOUCHED_PER_DAY = PER_DAY.reduce((total, [, count]) => total + count, 0);

/** The directory as it stands, and what makes it move. */
export interface DirectoryBook {
  /** What is published now: the same object until something changes. Made at the first call. */
  current(): Directory;
  /** Days since the first one. */
  readonly day: number;
  /** Changes by every change, day or person: what an ETag says. */
  readonly revision: number;
  /** Date that the file of this day carries: the start, plus the days. */
  readonly publishedAt: Date;
  /** Moment of the last change, of which the FHIR resources speak. */
  readonly changedAt: Date;
  /**
   * The next day: newcomers, changes of name, of structure, of mailbox, and leavers, always the same for a given day.
   * The year has an end: from there on nothing changes.
   */
  nextDay(): void;
  /**
   * Something happens to one professional.
   * @param nationalId PS_IdNat, 12 characters, or RPPS, 11 digits
   * @throws {RangeError} when the directory has never known this professional
   */
  change(nationalId: string, name: ChangeName): void;
  /** Whether this professional is, or was, in the directory. */
  knows(nationalId: string): boolean;
  /** The first day again. */
  reset(): void;
}

/**
 * Opens the directory: the people of the population, then the generated ones. Nothing is made before it is asked for.
 * @param now clock of the service
 */
export function openBook(population: Population, now: () => Date): DirectoryBook {
  const startedAt = now();
  const structures = lazily(() => makeStructures(population, startedAt));
  const firstDay = lazily((): readonly DirectoryPerson[] => [
    ...population.professionals.map((one) => personOf(one, startedAt)),
    ...Array.from({ length: GENERATED }, (_, index) => generatedPerson(index + 1, startedAt)),
  ]);
  /** As on the first day, or the day they came. */
  const originals = new Map<string, DirectoryPerson>();
  /** Published now, by national id, in the order of the directory; undefined: not registered. */
  let people = new Map<string, DirectoryPerson | undefined>();
  let published: Directory | undefined;
  let day = 0;
  let revision = 0;
  let changedAt = startedAt;

  const open = (): void => {
    if (people.size > 0) return;
    for (const one of firstDay()) {
      originals.set(one.nationalId, one);
      people.set(one.nationalId, one);
    }
  };
  const touch = (nationalId: string, name: ChangeName, seed: number): void => {
    const original = originals.get(nationalId);
    if (original === undefined) throw new RangeError(`the directory has never known ${nationalId}`);
    const person = people.get(nationalId) ?? original;
    people.set(
      nationalId,
      changed(person, name, { original, seed, elsewhere: elsewhereThan(person, seed), at: changedAt }),
    );
  };
  /** The structure of another professional of the population, not the laboratory. */
  const elsewhereThan = (person: DirectoryPerson, seed: number): TestStructure => {
    const own = new Set([population.laboratory.id, ...person.activities.map(({ structure }) => structure.id)]);
    const others = population.professionals.map(({ structure }) => structure).filter(({ id }) => !own.has(id));
    return others[seed % others.length] ?? practiceOf(seed);
  };
  const moved = (): void => {
    revision += 1;
    published = undefined;
    // Two changes within a millisecond stay two moments.
    changedAt = new Date(Math.max(now().getTime(), changedAt.getTime() + 1));
  };
  const idOf = (id: string): string => (/^\d{11}$/u.test(id) ? `8${id}` : id);

  return {
    current() {
      open();
      published ??= { people: [...people.values()].filter((one) => one !== undefined), structures: structures() };
      return published;
    },
    get day() {
      return day;
    },
    get revision() {
      return revision;
    },
    get publishedAt() {
      return new Date(startedAt.getTime() + day * 86_400_000);
    },
    get changedAt() {
      return changedAt;
    },
    nextDay() {
      open();
      if (day === DAY.last) return;
      moved();
      for (let index = 1; index <= DAY.arrival; index += 1) {
        const newcomer = generatedPerson(GENERATED + day * DAY.arrival + index, changedAt);
        originals.set(newcomer.nationalId, newcomer);
        people.set(newcomer.nationalId, newcomer);
      }
      let rank = day * TOUCHED_PER_DAY;
      for (const [name, count] of PER_DAY) {
        for (let index = 0; index < count; index += 1) {
          rank += 1;
          if (rank <= GENERATED) touch(generatedPerson(rank, startedAt).nationalId, name, rank + 31);
        }
      }
      day += 1;
    },
    change(nationalId, name) {
      open();
      const id = idOf(nationalId);
      if (!originals.has(id)) throw new RangeError(`the directory has never known ${nationalId}`);
      moved();
      touch(id, name, Number(id.slice(-4)));
    },
    knows(nationalId) {
      open();
      return originals.has(idOf(nationalId));
    },
    reset() {
      if (revision === 0) return;
      people = new Map();
      originals.clear();
      moved();
      day = 0;
    },
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
