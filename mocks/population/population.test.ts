import { describe, expect, it } from 'vitest';
import { INS_OID, isValidIns } from '#formats/nir/index.ts';
import { frenchNumber } from './french-number.ts';
import { createPopulation, SITUATIONS } from './index.ts';
import { withLuhn } from './people.ts';

const population = createPopulation();
/** Ours; the published identities have the numbers that were published. */
const made = population.patients.filter(({ situation }) => situation !== 'publie');

const DATES: Readonly<Record<string, RegExp>> = {
  'naissance-00': /^\d{4}-(?!00)\d{2}-00$/,
  'naissance-mois-00': /^\d{4}-00-(?!00)\d{2}$/,
  'naissance-jour-mois-00': /^\d{4}-00-00$/,
};

describe('patients', () => {
  it('are the same each time', () => {
    expect(createPopulation().patients).toEqual(population.patients);
  });

  it('are at least 40 nominal ones and some of every situation', () => {
    for (const { name, count } of SITUATIONS) {
      expect(population.patients.filter((patient) => patient.situation === name)).toHaveLength(count);
    }
    expect(population.patients.filter((patient) => patient.situation === 'nominal').length).toBeGreaterThanOrEqual(40);
  });

  it('carry a valid key, except where the situation is a wrong key', () => {
    for (const patient of made) {
      expect([patient.key, isValidIns(patient.ins)]).toEqual([patient.key, patient.situation !== 'cle-fausse']);
      for (const former of patient.history) expect(isValidIns(former.ins)).toBe(true);
    }
  });

  it('carry test authorities only', () => {
    const oids = new Set(made.flatMap((patient) => [patient.oid, ...patient.history.map((h) => h.oid)]));
    expect(oids).toEqual(new Set([INS_OID.nirTest, INS_OID.niaTest]));
  });

  it('never share a key or a number', () => {
    const numbers = population.patients.flatMap((patient) => [patient.ins, ...patient.history.map((one) => one.ins)]);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(population.patients.map((patient) => patient.key)).size).toBe(population.patients.length);
  });

  it('have traits in the RNIV form and birth places of five characters', () => {
    for (const patient of made) {
      expect(patient.birthName).toMatch(/^[A-Z][A-Z' -]*$/);
      for (const name of patient.firstNames) expect(name).toMatch(/^[A-Z][A-Z'-]*$/);
      expect(patient.birthPlace).toMatch(/^[0-9AB]{5}$/);
      expect(patient.birthDate).toMatch(DATES[patient.situation] ?? /^\d{4}-(?!00)\d{2}-(?!00)\d{2}$/);
      expect(patient.ins.startsWith(patient.sex === 'M' ? '1' : '2')).toBe(true);
    }
  });

  it('include the published identities, the only ones under a production authority', () => {
    expect(population.byIns('279035121518989')).toMatchObject({ key: 'publie-pat-trois', birthName: 'PAT-TROIS' });
    const production = population.patients.filter(({ oid }) => oid === INS_OID.nir || oid === INS_OID.nia);
    expect(production.length).toBeGreaterThan(0);
    expect(new Set(production.map(({ situation }) => situation))).toEqual(new Set(['publie']));
    // The identity of the CNDA test whose key is wrong on purpose.
    expect(isValidIns(population.byKey('publie-hermann')?.ins ?? '')).toBe(false);
  });

  it('are found by their number, former ones included', () => {
    const patient = population.draw('historique');
    expect(population.byIns(patient.ins)?.key).toBe(patient.key);
    expect(population.byIns(patient.history[0]?.ins ?? '')?.key).toBe(patient.key);
    expect(population.byIns('000000000000000')).toBeUndefined();
  });
});

describe('search by traits', () => {
  it('finds every plain patient alone with the first first name', () => {
    for (const patient of population.patients) {
      if (patient.situation.startsWith('homonyme')) continue;
      const found = population.byTraits({ ...patient, firstNames: patient.firstNames.slice(0, 1) });
      expect(found.map((one) => one.key)).toEqual(patient.situation === 'inconnu' ? [] : [patient.key]);
    }
  });

  it('finds two homonyms with one first name, the right one with all of them or with the birth place', () => {
    const patient = population.byKey('homonymes-01');
    if (patient === undefined) throw new Error('homonymes-01 is missing');
    const { birthPlace, firstNames, ...others } = patient;
    const one = firstNames.slice(0, 1);
    expect(population.byTraits({ ...others, firstNames: one })).toHaveLength(2);
    expect(population.byTraits({ ...others, firstNames }).map((found) => found.key)).toEqual(['homonymes-01']);
    const placed = population.byTraits({ ...others, firstNames: one, birthPlace });
    expect(placed.map((found) => found.key)).toEqual(['homonymes-01']);
  });

  it('looks past case and accents, not past another date, sex or name', () => {
    const patient = population.byKey('nominal-05');
    if (patient === undefined) throw new Error('nominal-05 is missing');
    const traits = { ...patient, firstNames: patient.firstNames.slice(0, 1) };
    expect(population.byTraits({ ...traits, birthName: patient.birthName.toLowerCase() })).toHaveLength(1);
    expect(population.byTraits({ ...traits, birthDate: '1900-01-01' })).toHaveLength(0);
    expect(population.byTraits({ ...traits, sex: patient.sex === 'M' ? 'F' : 'M' })).toHaveLength(0);
    expect(population.byTraits({ ...traits, birthName: `${patient.birthName}X` })).toHaveLength(0);
    expect(population.byTraits({ ...traits, firstNames: [] })).toHaveLength(0);
  });
});

describe('drawing', () => {
  it('hands each patient out once, then says that none is left', () => {
    const fresh = createPopulation();
    const keys = Array.from({ length: 12 }, () => fresh.draw('nia').key);
    expect(new Set(keys).size).toBe(12);
    expect(() => fresh.draw('nia')).toThrow(expect.objectContaining({ code: 'POPULATION_EXHAUSTED' }));
    fresh.reset();
    expect(fresh.draw('nia').key).toBe('nia-01');
  });

  it('refuses a situation that does not exist', () => {
    expect(() => createPopulation().draw('rien')).toThrow(expect.objectContaining({ code: 'UNKNOWN_POPULATION' }));
  });

  it('hands each professional out once', () => {
    const fresh = createPopulation();
    const ids = fresh.professionals.map(() => fresh.drawProfessional().nationalId);
    expect(new Set(ids).size).toBe(fresh.professionals.length);
    expect(() => fresh.drawProfessional()).toThrow(expect.objectContaining({ code: 'POPULATION_EXHAUSTED' }));
  });
});

describe('professionals', () => {
  it('have national ids of test, with the key of the RPPS', () => {
    expect(population.professionals.length).toBeGreaterThanOrEqual(8);
    for (const professional of population.professionals) {
      expect(professional.nationalId).toMatch(/^8997\d{8}$/);
      expect(withLuhn(professional.rpps.slice(0, -1))).toBe(professional.rpps);
    }
  });

  it('live under the reserved test domain', () => {
    for (const { mailbox, structure } of population.professionals) {
      expect(mailbox).toMatch(/^[a-z.-]+@.+\.test$/);
      expect(structure.mailbox).toMatch(/\.test$/);
    }
  });
});

describe('frenchNumber', () => {
  it.each([
    [1, 'UN'],
    [17, 'DIX-SEPT'],
    [21, 'VINGT-ET-UN'],
    [71, 'SOIXANTE-ET-ONZE'],
    [79, 'SOIXANTE-DIX-NEUF'],
    [80, 'QUATRE-VINGT'],
    [95, 'QUATRE-VINGT-QUINZE'],
    [100, 'CENT'],
    [271, 'DEUX-CENT-SOIXANTE-ET-ONZE'],
  ])('writes %i', (number, text) => {
    expect(frenchNumber(number)).toBe(text);
  });
});
