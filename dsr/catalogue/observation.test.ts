import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { madeByPerson } from '../proof-kinds/index.ts';
import { findReference, parseCitation } from '../references/index.ts';
import type { Observable } from '../rem/types.ts';
import type { CatalogueProof, CatalogueRequirement, RequirementsData } from './types.ts';

const FOLDER = new URL('./requirements/', import.meta.url);
const OFFICIAL = new URL('../../../shared/rem/', import.meta.url);
const SAME_WORDS = 8;

const requirements: readonly CatalogueRequirement[] = readdirSync(FOLDER).flatMap((wave) =>
  readdirSync(new URL(`${wave}/`, FOLDER)).flatMap(
    (name) => (JSON.parse(readFileSync(new URL(`${wave}/${name}`, FOLDER), 'utf8')) as RequirementsData).requirements,
  ),
);
const slots: readonly CatalogueProof[] = requirements.flatMap((one) =>
  one.scenarios.flatMap((scenario) => scenario.proofs),
);

/** Nothing of these crosses a wire, nor is a file that the product hands over. */
const UNSEEN: ReadonlySet<Observable> = new Set<Observable>(['ecran', 'declaration']);
const isSeen = (one: CatalogueRequirement): boolean => one.observable.some((what) => !UNSEEN.has(what));

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];

/** Every run of that many words of a text. */
function runsOf(text: string): readonly string[] {
  const all = words(text);
  return all.slice(SAME_WORDS - 1).map((_, index) => all.slice(index, index + SAME_WORDS).join(' '));
}

describe('what the bench sees of a requirement', () => {
  it('is said exactly for those that a service or a file shows something of', () => {
    expect(requirements.filter((one) => isSeen(one) !== (one.observation !== undefined)).map((one) => one.id)).toEqual(
      [],
    );
    expect(requirements.filter(isSeen).length).toBeGreaterThan(80);
  });

  it('is one short phrase, in French words and marks', () => {
    for (const { id, observation } of requirements) {
      if (observation === undefined) continue;
      expect(observation.length, id).toBeLessThanOrEqual(120);
      expect(words(observation).length, id).toBeGreaterThan(4);
      expect(observation, id).toMatch(/^[\p{Lu}/].*[\p{L}\d)»]$/u);
      expect(observation, id).not.toMatch(/ {2}|[^ ] ?[.!?] |[^ ][;:!?] |["`]/u);
    }
  });

  it('is not said twice alike in one wave', () => {
    const wave = (id: string): string => /\/(va\d+)/.exec(id)?.[1] ?? 'va2';
    const said = requirements.flatMap(({ id, observation }) =>
      observation === undefined ? [] : [`${wave(id)} ${observation}`],
    );
    expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
  });
});

describe('the references of a requirement', () => {
  it('are documents that the list of references knows, once each', () => {
    for (const { id, references } of requirements) {
      if (references === undefined) continue;
      expect(references.length, id).toBeGreaterThan(0);
      const cited = references.map((one) => parseCitation(one).id);
      expect(new Set(cited).size, id).toBe(cited.length);
      expect(
        cited.filter((one) => findReference(one) === undefined),
        id,
      ).toEqual([]);
    }
  });

  it.each([
    ['INS/va1.34', ['gi-insi']],
    ['DMP/va1.02', ['gi-dmp']],
    ['MSS/va1.21', ['ref-mss-2', 'cisis-xdm', 'cr-bio']],
    ['ApCV/va1.01', ['apcv-ad8']],
    ['INS/va1.42', undefined],
    ['DMP/AIRS.03', ['gi-dmp@2.9.0']],
    ['DMP/CONF.10', ['ref-acces-dmp']],
  ])('%s rests on %j', (id, references) => {
    expect(requirements.find((one) => one.id === id)?.references).toEqual(references);
  });
});

describe('the class of a slot', () => {
  it('is never the bench where every sufficient set holds a piece that a person makes', () => {
    const claimed = slots.filter(({ evidenceClass }) => evidenceClass === 'bench');
    expect(claimed.length).toBeGreaterThan(40);
    expect(
      claimed.filter(({ kinds, alternatives }) => madeByPerson(kinds, alternatives).length > 0).map(({ id }) => id),
    ).toEqual([]);
  });
});

describe('the alternatives of a slot', () => {
  it('are at least two different sets, made of its kinds and of nothing else, and leave none out', () => {
    for (const { id, kinds, alternatives } of slots) {
      if (alternatives === undefined) continue;
      const sets = alternatives.map((set) => [...set].sort().join(' '));
      expect(sets.length, id).toBeGreaterThan(1);
      expect(new Set(sets).size, id).toBe(sets.length);
      expect(sets, id).not.toContain('');
      expect([...new Set(alternatives.flat())].sort(), id).toEqual([...new Set(kinds)].sort());
    }
  });

  it.each([
    ['INS/va1.55.02.01', [['screenshot'], ['video'], ['attestation']]],
    ['INS/va1.46.01.01', [['screenshot'], ['screenshot', 'hl7-message']]],
    ['MSS/va1.18.01.01', [['screenshot'], ['video'], ['documentation']]],
    ['MSS/va1.21.01.03', undefined],
  ])('of %s are %j', (id, alternatives) => {
    expect(slots.find((slot) => slot.id === id)?.alternatives).toEqual(alternatives);
  });

  it('have a condition beside them only when the slot is due in a case', () => {
    const condition = (id: string): string | undefined => slots.find((slot) => slot.id === id)?.condition;
    expect(condition('INS/va1.59.02.01')).toMatch(/^cas 1 :/u);
    expect(condition('MSS/va1.04.01.02')).toMatch(/réglage/u);
    expect(condition('INS/va1.55.02.01')).toBeUndefined();
    for (const slot of slots) expect(slot.condition ?? 'cas', slot.id).toMatch(/^\p{Ll}.*[\p{L}\d)»]$/u);
  });
});

// Skipped when the reference tables of requirements do not lie beside the checkout: they are not ours to distribute.
describe.skipIf(!existsSync(OFFICIAL))(
  'the phrases beside the reference tables (skipped when ../shared/rem is absent)',
  () => {
    it(`repeat no ${SAME_WORDS} words in a row of the source`, () => {
      const source = new Set(
        readdirSync(OFFICIAL)
          .filter((name) => name.endsWith('.json'))
          .flatMap((name) => textsOf(JSON.parse(readFileSync(new URL(name, OFFICIAL), 'utf8')) as unknown))
          .flatMap(runsOf),
      );
      expect(source.size).toBeGreaterThan(10_000);
      const phrases = [...requirements.map((one) => one.observation), ...slots.map((slot) => slot.condition)];
      expect(phrases.filter((phrase) => runsOf(phrase ?? '').some((run) => source.has(run)))).toEqual([]);
    });
  },
);

/** Every text of a JSON value, each apart: a run of words does not cross from one cell to the next. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
