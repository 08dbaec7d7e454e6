import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INS_OID, isValidIns, nirKey } from '#formats/nir/index.ts';
import { createPopulation, normalizeName, PUBLISHED, type TestPatient } from './index.ts';
import { LABORATORY, withLuhn } from './people.ts';

const population = createPopulation();
const made = population.patients.filter(({ situation }) => situation !== 'publie');
const of = (...situations: readonly string[]): readonly TestPatient[] =>
  made.filter(({ situation }) => situations.includes(situation));
const anyPatient = fc.constantFrom(...made);
const anyFindable = fc.constantFrom(...made.filter(({ situation }) => situation !== 'inconnu'));

/** What distinguishes one patient from another for a product: shapes, not values. */
function variantOf(patient: TestPatient): string {
  const { birthName, firstNames, card, insiTraits } = patient;
  return [
    patient.situation,
    birthName.includes('--') ? 'double' : '',
    birthName.includes("'") ? 'apostrophe' : '',
    birthName.includes(' ') ? 'space' : '',
    birthName.length >= 54 ? 'long' : '',
    `${firstNames.length} first names`,
    firstNames[0]?.includes('-') === true ? 'composed' : '',
    patient.oid,
    patient.birthPlace.slice(0, 2).replace(/\d\d/, ''),
    card.bearer === undefined ? 'dependent' : card.bearer === card.holder ? 'own card' : 'family card',
    card.birthRank,
    insiTraits?.missing?.[0]?.as ?? '',
  ].join('|');
}

describe('variety', () => {
  it('is of at least forty sorts', () => {
    expect(new Set(made.map(variantOf)).size).toBeGreaterThanOrEqual(40);
  });

  it.each([
    ['corse-2a', (one: TestPatient) => one.birthPlace.startsWith('2A') && one.ins.slice(5, 7) === '2A'],
    ['corse-2b', (one: TestPatient) => one.birthPlace.startsWith('2B') && one.ins.slice(5, 7) === '2B'],
    ['apostrophe', (one: TestPatient) => one.birthName.includes("'")],
    ['tiret', (one: TestPatient) => / |-/.test(one.birthName) && one.firstNames[0]?.includes('-') === true],
    ['double-tiret', (one: TestPatient) => one.birthName.includes('--')],
    ['plusieurs-prenoms', (one: TestPatient) => new Set(one.firstNames).size >= 3],
    ['nom-long', (one: TestPatient) => one.birthName.length >= 54 && one.birthName.length <= 100],
    ['enfant', (one: TestPatient) => one.birthDate >= '2016' && one.card.holder !== one.ins],
    ['nia', (one: TestPatient) => one.card.bearer === undefined && one.card.holder !== one.ins],
    ['decede', (one: TestPatient) => (one.deathDate ?? '') > one.birthDate],
    ['prenom-incoherent', (one: TestPatient) => one.insiTraits?.firstNames?.[0] !== one.firstNames[0]],
  ])('%s is what it says, for each of its patients', (situation, holds) => {
    const patients = of(situation);
    expect(patients.length).toBeGreaterThanOrEqual(8);
    expect(patients.filter((one) => !holds(one)).map(({ key }) => key)).toEqual([]);
  });

  it('has names of exactly 54 and of 100 characters', () => {
    const lengths = of('nom-long').map(({ birthName }) => birthName.length);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([54, 100]);
  });

  it.each([
    ['sans-nom', 'birthName'],
    ['sans-prenom', 'firstNames'],
    ['sans-sexe', 'sex'],
  ])('%s misses its element both ways', (situation, trait) => {
    const missing = of(situation).flatMap(({ insiTraits }) => insiTraits?.missing ?? []);
    expect(missing).toHaveLength(of(situation).length);
    expect(new Set(missing.map((one) => `${one.trait} ${one.as}`))).toEqual(
      new Set([`${trait} vide`, `${trait} absent`]),
    );
  });

  it('has twins of equal and of different sex, told apart by first name and by rank', () => {
    const pairs = of('jumeaux').map((one) => [one, population.byKey(`${one.key}-jumeau`)] as const);
    for (const [one, other] of pairs) {
      expect(other).toMatchObject({
        birthName: one.birthName,
        birthDate: one.birthDate,
        birthPlace: one.birthPlace,
        situation: 'jumeau-second',
      });
      expect(other?.firstNames[0]).not.toBe(one.firstNames[0]);
      expect([one.card.birthRank, other?.card.birthRank]).toEqual([1, 2]);
      expect(other?.ins).not.toBe(one.ins);
    }
    expect(new Set(pairs.map(([one, other]) => one.sex === other?.sex))).toEqual(new Set([true, false]));
  });
});

describe('every number', () => {
  it('has a valid key unless its situation says otherwise', () => {
    fc.assert(
      fc.property(anyPatient, ({ ins, situation, history, card }) => {
        expect(isValidIns(ins)).toBe(situation !== 'cle-fausse');
        expect(nirKey(ins.slice(0, 13))).toBeDefined();
        for (const former of history) expect(isValidIns(former.ins)).toBe(true);
        expect([card.bearer ?? card.holder, card.holder].every(isValidIns)).toBe(true);
      }),
    );
  });

  it('belongs to one person: a parent of whom a card speaks is nobody of the population', () => {
    const own = new Set(population.patients.flatMap(({ ins, history }) => [ins, ...history.map((one) => one.ins)]));
    const dependents = made.filter(({ card, ins }) => card.holder.slice(0, 13) !== ins.slice(0, 13));
    const parents = dependents.map(({ card }) => card.holder);
    expect(parents.filter((parent) => own.has(parent))).toEqual([]);
    // A parent has one child in the population, or two twins.
    expect(new Set(parents).size).toBe(
      parents.length - dependents.filter(({ situation }) => situation === 'jumeaux').length,
    );
  });

  it('of the wrong-key situation says the right thirteen characters', () => {
    for (const { key, ins, card } of of('cle-fausse')) {
      expect(ins.slice(13)).not.toBe(nirKey(ins.slice(0, 13)));
      expect(population.byIns(card.bearer ?? '')?.key).toBe(key);
    }
  });

  it('of professionals and structures carries its Luhn key', () => {
    const structures = [LABORATORY, ...population.professionals.map(({ structure }) => structure)];
    for (const { id, finess } of structures) {
      expect(finess).toMatch(/^0B\d{7}$/);
      expect(withLuhn(finess.slice(0, -1))).toBe(finess);
      expect(id).toBe(`1${finess}`);
    }
  });

  it.each(['0B0127189', '0B0152872', '0B0193488'])(
    'the key of the published FINESS %s is the one computed',
    (finess) => {
      expect(withLuhn(finess.slice(0, -1))).toBe(finess);
    },
  );
});

describe('names', () => {
  it('are in the RNIV form, typed and held', () => {
    fc.assert(
      fc.property(anyPatient, ({ birthName, firstNames, insiTraits, card }) => {
        for (const name of [birthName, card.birthName, insiTraits?.birthName ?? birthName]) {
          expect(name).toMatch(/^[A-Z][A-Z' -]*$/);
          expect(name.trim()).toBe(name);
          expect(normalizeName(name)).toBe(name);
        }
        for (const name of [...firstNames, ...(insiTraits?.firstNames ?? [])]) expect(name).toMatch(/^[A-Z][A-Z'-]*$/);
      }),
    );
  });
});

describe('search by traits', () => {
  it('finds by what the tester types and by what INSi holds', () => {
    fc.assert(
      fc.property(anyFindable, (patient) => {
        const held = { ...patient, ...patient.insiTraits };
        for (const traits of [patient, held]) {
          const found = population.byTraits({ ...traits, firstNames: traits.firstNames.slice(0, 1) });
          expect(found.map(({ key }) => key)).toContain(patient.key);
          expect(population.byTraits(traits).map(({ key }) => key)).toEqual([patient.key]);
        }
      }),
    );
  });

  it.each([
    ['naissance-00', (date: string, any: string) => `${date.slice(0, 8)}${any}`],
    ['naissance-mois-00', (date: string, any: string) => `${date.slice(0, 5)}${any}${date.slice(7)}`],
    ['naissance-jour-mois-00', (date: string, any: string) => `${date.slice(0, 5)}${any}-${any}`],
  ])('%s answers to any value of what is unknown, and to nothing else', (situation, typed) => {
    const [patient] = of(situation);
    if (patient === undefined) throw new Error(`${situation} has nobody`);
    const ask = (birthDate: string) =>
      population.byTraits({ ...patient, firstNames: patient.firstNames.slice(0, 1), birthDate });
    for (const any of ['00', '01', '12']) expect(ask(typed(patient.birthDate, any))).toHaveLength(1);
    expect(ask(`1901${patient.birthDate.slice(4)}`)).toHaveLength(0);
    expect(ask('')).toHaveLength(0);
  });

  it('finds a date that is known only as it is', () => {
    const patient = population.byKey('nominal-01');
    if (patient === undefined) throw new Error('nominal-01 is missing');
    expect(population.byTraits({ ...patient, birthDate: `${patient.birthDate.slice(0, 8)}00` })).toHaveLength(0);
  });

  it('stands any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (name, date, sex) => {
        const found = population.byTraits({ birthName: name, firstNames: [name], sex, birthDate: date });
        expect(found).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('search by card', () => {
  it('finds one person with everything that is on the card', () => {
    fc.assert(
      fc.property(anyFindable, ({ key, card }) => {
        expect(population.byCard(card).map((one) => one.key)).toEqual([key]);
      }),
    );
  });

  it('finds both twins of a parent when nothing but the holder is sent', () => {
    const twin = of('jumeaux').find(({ card }) => card.bearer === undefined);
    if (twin === undefined) throw new Error('no twin depends on a parent');
    const { holder, birthRank } = twin.card;
    expect(population.byCard({ holder }).map(({ key }) => key)).toEqual([twin.key, `${twin.key}-jumeau`]);
    expect(population.byCard({ holder, birthRank }).map(({ key }) => key)).toEqual([twin.key]);
  });

  it('finds nobody without a number, with the card of an unknown, or when the card disagrees', () => {
    const nominal = population.byKey('nominal-01');
    const unknown = population.byKey('inconnu-01');
    if (nominal === undefined || unknown === undefined) throw new Error('a patient is missing');
    expect(population.byCard({ birthDate: nominal.birthDate })).toEqual([]);
    expect(population.byCard(unknown.card)).toEqual([]);
    expect(population.byCard({ ...nominal.card, birthDate: '1901-01-01' })).toEqual([]);
    expect(population.byCard({ ...nominal.card, birthRank: 2 })).toEqual([]);
    expect(population.byCard({ ...nominal.card, holder: unknown.ins })).toEqual([]);
  });
});

describe('published identities', () => {
  it('are a pack apart, with cards, and the only ones under a production authority', () => {
    const production = population.patients.filter(({ oid, history }) =>
      [oid, ...history.map((one) => one.oid)].some((one) => one === INS_OID.nir || one === INS_OID.nia),
    );
    expect(production.filter(({ key }) => !PUBLISHED.some((one) => one.key === key))).toEqual([]);
    expect(PUBLISHED.length).toBeGreaterThanOrEqual(9);
    for (const { situation, card, ins } of PUBLISHED) {
      expect([situation, card.bearer, card.holder]).toEqual(['publie', ins, ins]);
    }
  });
});
