import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  baselineChanges,
  baselineOf,
  coverageOf,
  embeddedCatalogues,
  readSuite,
  tagProblems,
  type Baseline,
  type SuiteScenario,
} from './index.ts';
import { readFeatures } from '../suite/read-features.ts';
import { rem, requirement, scenario, slot } from './made-up.fixture.ts';

const BASELINE = JSON.parse(readFileSync(new URL('./baseline.json', import.meta.url), 'utf8')) as Baseline;
const REWRITE = 'Relisez, puis « npm exec -- node scripts/coverage-baseline.ts » réécrit steps/coverage/baseline.json';

const suite = await readSuite();
const written = await readFeatures({ tags: '', steps: 'none' });
const catalogues = embeddedCatalogues();

describe('the features and the embedded catalogues', () => {
  it('agree on every tag', () => {
    expect(suite.length).toBeGreaterThan(0);
    const problems = tagProblems(suite, catalogues).map(
      ({ scenario, tag, message }) => `${scenario} ${tag} ${message}`,
    );
    expect(problems, problems.join('\n')).toEqual([]);
  });

  it('cover the slots that the baseline lists, no more and no fewer', () => {
    const now = baselineOf(catalogues.map((one) => coverageOf(one.rem, suite)));
    const changes = baselineChanges(BASELINE, now);
    expect(changes, `${changes.join('\n')}\n${REWRITE}`).toEqual([]);
  });
});

describe('what a tester films', () => {
  const films = written.map(({ id, tags, steps }) => ({
    id,
    tags,
    slots: steps.flatMap(({ text }) => /^le testeur filme pour la preuve "([^"]+)" :$/.exec(text)?.[1] ?? []),
  }));

  it('fills slots of its own scenario', () => {
    expect(films.some(({ slots }) => slots.length > 0)).toBe(true);
    const strangers = films.flatMap(({ id, tags, slots }) =>
      slots.filter((one) => !tags.slots.includes(one)).map((one) => `${id} ${one}`),
    );
    expect(strangers).toEqual([]);
  });

  it('is every slot of a scenario that only a tester acts', () => {
    const guided = films.filter(({ tags }) => tags.guided);
    expect(guided.length).toBeGreaterThan(0);
    for (const { id, tags, slots } of guided) expect(slots.toSorted(), id).toEqual(tags.slots.toSorted());
  });
});

const ONE = requirement('MSS/va1.01', [slot('MSS/va1.01.01.01'), slot('MSS/va1.01.01.02')]);
const OTHER = requirement('MSS/va1.02', [slot('MSS/va1.02.01.01')]);
const LATER = requirement('MSS/CONF.01', [slot('MSS/CONF.01.01.01')]);
const MADE_UP = [
  { rem: rem([ONE, OTHER]), profiles: ['general', 'operateur-mailiz'] },
  { rem: rem([LATER], { wave: 'va2' }), profiles: ['general'] },
];
const RIGHT = { requirements: ['MSS/va1.01'], slots: ['MSS/va1.01.01.01'] };

const tagsIn = (change: Partial<SuiteScenario['tags']>): readonly string[] =>
  tagProblems([scenario('mss/essai#1', { ...RIGHT, ...change })], MADE_UP).map(({ tag }) => tag);

describe('a tag that the catalogues do not support', () => {
  it('is not found in a right scenario', () => {
    expect(tagsIn({})).toEqual([]);
    expect(tagsIn({ profiles: ['general', 'operateur-mailiz'], guided: true })).toEqual([]);
    expect(tagsIn({ waves: ['va2'], requirements: ['MSS/CONF.01'], slots: ['MSS/CONF.01.01.01'] })).toEqual([]);
  });

  it.each<[string, Partial<SuiteScenario['tags']>, readonly string[]]>([
    ['an unknown requirement', { requirements: ['MSS/va1.01', 'MSS/va1.77'] }, ['@exigence:MSS/va1.77']],
    ['an unknown slot', { slots: ['MSS/va1.01.01.09'] }, ['@preuve:MSS/va1.01.01.09']],
    ['another spelling', { slots: ['mss/va1.01.01.01'] }, ['@preuve:mss/va1.01.01.01']],
    ['a slot of another requirement', { slots: ['MSS/va1.02.01.01'] }, ['@preuve:MSS/va1.02.01.01']],
    ['ids of another wave', { waves: ['va2'] }, ['@exigence:MSS/va1.01', '@preuve:MSS/va1.01.01.01']],
    ['ids unknown to one of two waves', { waves: ['va1', 'va2'], slots: [] }, ['@exigence:MSS/va1.01']],
    ['an unknown profile', { profiles: ['generale'] }, ['@profil:generale']],
    ['a profile of another wave', { ...RIGHT, profiles: ['hopital'] }, ['@profil:hopital']],
    ['a wave without catalogue', { waves: ['va3'] }, ['@vague:va3']],
    ['no wave', { waves: [] }, ['@vague:']],
    ['no profile', { profiles: [] }, ['@profil:']],
    ['no requirement', { requirements: [], slots: [] }, ['@exigence:']],
  ])('%s', (_, change, expected) => {
    expect(tagsIn(change)).toEqual(expected);
  });

  it('is said with its scenario', () => {
    expect(tagProblems([scenario('mss/essai#1', { ...RIGHT, slots: ['MSS/va1.02.01.01'] })], MADE_UP)).toEqual([
      {
        scenario: 'mss/essai#1',
        tag: '@preuve:MSS/va1.02.01.01',
        message: 'preuve d’une exigence que le scénario ne nomme pas',
      },
    ]);
  });
});

describe('the baseline', () => {
  const played = scenario('mss/essai#1', RIGHT);
  const of = (...scenarios: readonly SuiteScenario[]): Baseline =>
    baselineOf(MADE_UP.map((one) => coverageOf(one.rem, scenarios)));

  it('lists what a scenario fills, by mode', () => {
    expect(of(played)).toEqual({
      'RIS va1': { automatic: [], recorded: ['MSS/va1.01.01.01'], guided: [] },
      'RIS va2': { automatic: [], recorded: [], guided: [] },
    });
  });

  it('names the slot that gained, lost or changed', () => {
    const more = scenario('mss/essai#2', { ...RIGHT, slots: ['MSS/va1.01.01.02'] });
    expect(baselineChanges(of(played), of(played, more))).toEqual([
      'RIS va1 : MSS/va1.01.01.02 a gagné un scénario (recorded)',
    ]);
    expect(baselineChanges(of(played, more), of(more))).toEqual([
      'RIS va1 : MSS/va1.01.01.01 a perdu son scénario (recorded)',
    ]);
    expect(baselineChanges(of(played), of(scenario('mss/essai#1', { ...RIGHT, guided: true })))).toEqual([
      'RIS va1 : MSS/va1.01.01.01 est passée de recorded à guided',
    ]);
  });

  it('sees a catalogue that appears or goes with what it filled', () => {
    expect(baselineChanges({}, of())).toEqual([]);
    expect(baselineChanges({}, of(played))).toHaveLength(1);
    expect(baselineChanges(of(played), {})).toHaveLength(1);
    expect(baselineChanges(of(played), of(played))).toEqual([]);
  });
});
