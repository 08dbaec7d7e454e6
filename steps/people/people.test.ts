import { beforeAll, describe, expect, it } from 'vitest';
import { createPopulation } from '#mocks/population/index.ts';
import { readFeatures } from '../suite/read-features.ts';
import { askedBy } from './asked.ts';
import { People, seat, type Seated } from './index.ts';

let suite: readonly Seated[] = [];
beforeAll(async () => {
  suite = await readFeatures({ tags: '', steps: 'none' });
});

const asking = (id: string, ...texts: readonly string[]): Seated => ({ id, steps: texts.map((text) => ({ text })) });

describe('seats', () => {
  it('are for one scenario only, as many as its sentences ask for', () => {
    const seats = [...seat(suite).values()].flatMap(({ patients, professionals }) => [...patients, ...professionals]);
    expect(new Set(seats).size).toBe(seats.length);
    expect(seats).toHaveLength(suite.flatMap(({ steps }) => steps.flatMap(({ text }) => askedBy(text))).length);
    expect(seats.length).toBeGreaterThan(100);
  });

  it('are of the situation asked for, and suit the sentence', () => {
    const population = createPopulation();
    const sentence = 'un patient dont le nom porte un espace, enregistré dans le produit';
    const [key = ''] = seat([asking('essai#1', sentence)]).get('essai#1')?.patients ?? [];
    expect(population.byKey(key)).toMatchObject({ situation: 'tiret', birthName: expect.stringContaining(' ') });
  });

  it('stay almost all the same when scenarios are added before the others', () => {
    const before = seat(suite);
    const added = Array.from({ length: 10 }, (_, rank) => asking(`aaa/ajout#${rank}`, 'un patient que INSi connaît'));
    const after = seat([...added, ...suite]);
    const moved = [...before].filter(([id, seats]) => JSON.stringify(after.get(id)) !== JSON.stringify(seats));
    expect(moved.length).toBeLessThan(suite.length / 5);
  });

  it('run out with the population', () => {
    const crowd = Array.from({ length: 11 }, (_, rank) => asking(`foule#${rank}`, 'un patient mineur'));
    expect(() => seat(crowd)).toThrow(expect.objectContaining({ code: 'POPULATION_EXHAUSTED' }));
  });
});

describe('a step', () => {
  it('takes the people of its scenario in order, which nobody else can take then', () => {
    const population = createPopulation();
    const people = new People(population, { patients: ['nominal-07', 'nia-02'], professionals: [] });
    expect(people.patient('nominal').key).toBe('nominal-07');
    expect(people.patient('nia').key).toBe('nia-02');
    expect(() => {
      population.take('nia-02');
    }).toThrow(RangeError);
  });

  it.each([
    ['another situation', ['nominal-07'], 'nia'],
    ['no seat left', [], 'nominal'],
  ])('is told that its sentence is not in the table: %s', (_, patients, situation) => {
    const people = new People(createPopulation(), { patients, professionals: [] });
    expect(() => people.patient(situation)).toThrow(/asked\.ts/);
    expect(() => people.professional()).toThrow(/asked\.ts/);
  });
});
