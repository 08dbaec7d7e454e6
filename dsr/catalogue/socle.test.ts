import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { findReference, parseCitation } from '../references/index.ts';
import { normaliseId, readRem } from '../rem/index.ts';
import type { ProofKind, Requirement } from '../rem/types.ts';
import { knownRequirement } from './index.ts';
import type { CatalogueProof, CatalogueRequirement, RequirementsData } from './index.ts';
import { borrowedRun, runsOf } from './own-words.ts';

const FILES = ['ssi.json', 'mss-lgc.json', 'dmp-lgc.json', 'cda-lgc.json', 'doc.json'];
/** Beside the checkout; the lists are not ours to distribute. */
const LISTS = new URL('../../../shared/rem/', import.meta.url);

const EXTERNAL: ReadonlySet<ProofKind> = new Set([
  'gazelle-link',
  'mss-tool-run-id',
  'cnda-certificate',
  'pentest-form',
]);
const ON_THE_WIRE: ReadonlySet<ProofKind> = new Set(['mail-source', 'soap-message', 'hl7-message', 'csv-file']);
const BY_HAND: ReadonlySet<ProofKind> = new Set([
  'video',
  'screenshot',
  'attestation',
  'documentation',
  'config-extract',
]);

/** Slots whose kind alone does not tell the class: a record of what the bench answers, a file that the bench sends. */
const BENCH_ANYWAY = new Set(['MSS/UX.39.01.02']);

const FOLDER = new URL('./requirements/va2/', import.meta.url);

const readFile = (name: string): readonly CatalogueRequirement[] =>
  (JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as RequirementsData).requirements;

const titlesOf = (requirements: readonly CatalogueRequirement[]) =>
  requirements
    .flatMap((one) => [one, ...one.scenarios, ...one.scenarios.flatMap((scenario) => scenario.proofs)])
    .map(({ id, title }) => ({ id, title }));

const written = FILES.flatMap(readFile);
const proofs = written.flatMap((one) => one.scenarios).flatMap((one) => one.proofs);
const titles = titlesOf(written);

describe('security and what other couloirs add to the shared base', () => {
  it('is known by its id alone', () => {
    expect(written).toHaveLength(80);
    for (const { id, title } of written) expect(knownRequirement(id)).toMatchObject({ id, title });
  });

  it('titles everything with a short sentence, no two alike', () => {
    for (const { id, title } of titles) expect(title, id).toMatch(/^[\p{Lu}].{8,79}[\p{L}\d)]$/u);
    for (const { id, title } of written) expect(title.split(' ').length, id).toBeLessThanOrEqual(12);
    const seen = titles.map(({ title }) => title);
    expect(seen.filter((title, index) => seen.indexOf(title) !== index)).toEqual([]);
    const others = readdirSync(FOLDER).filter((name) => !FILES.includes(name));
    const taken = new Set(titlesOf(others.flatMap(readFile)).map(({ title }) => title));
    expect(seen.filter((title) => taken.has(title))).toEqual([]);
  });

  it('gives each slot the class of what it asks for', () => {
    const expected = ({ id, kinds }: CatalogueProof): string => {
      if (kinds.some((kind) => EXTERNAL.has(kind))) return 'rehearsal';
      if (kinds.some((kind) => BY_HAND.has(kind))) return 'human';
      return kinds.some((kind) => ON_THE_WIRE.has(kind)) || BENCH_ANYWAY.has(id) ? 'bench' : 'human';
    };
    for (const proof of proofs) expect([proof.id, proof.evidenceClass]).toEqual([proof.id, expected(proof)]);
  });

  it('lets choose between the kinds of a slot, and between nothing else', () => {
    for (const { id, kinds, alternatives } of proofs) {
      if (alternatives === undefined) expect([id, kinds.length]).toEqual([id, 1]);
      else expect([id, alternatives.flat()]).toEqual([id, kinds]);
    }
  });

  it('says what is seen where something crosses a wire or lies in a file, and rests on listed references', () => {
    for (const { id, observable, observation, references } of written) {
      const onWire = observable.some((one) => one !== 'ecran' && one !== 'declaration');
      expect([id, observation !== undefined]).toEqual([id, onWire]);
      expect((references ?? []).filter((one) => findReference(parseCitation(one).id) === undefined)).toEqual([]);
    }
  });
});

interface ListedItem {
  readonly id: string;
  readonly text: string;
}

interface ListedRequirement {
  readonly id: string;
  readonly sectionId: string;
  readonly profile: string;
  readonly nature: string;
  readonly statement: string;
  readonly status: string;
  readonly scenarios: readonly (ListedItem & { readonly proofs: readonly ListedItem[] })[];
}

const readList = (name: string): readonly ListedRequirement[] =>
  JSON.parse(readFileSync(new URL(name, LISTS), 'utf8')) as ListedRequirement[];

describe.skipIf(!existsSync(LISTS))('beside the official lists (skipped when ../shared/rem is absent)', () => {
  const all = existsSync(LISTS)
    ? { sgl: readList('SGL-va2.json'), lgc: readList('LGC-va2.json') }
    : { sgl: [], lgc: [] };
  const sgl = all.sgl.filter((one) => one.status !== 'obsolete');
  const published = new Set(sgl.map((one) => normaliseId(one.id)));
  const base = new Set('INS DMP MSS PSC ANN DOC CDA SSI'.split(' '));
  const expected = [
    ...sgl.filter((one) => one.id.trim().startsWith('SSI/')),
    ...all.lgc.filter(
      (one) =>
        one.status !== 'obsolete' && base.has(one.sectionId.split('/')[0] ?? '') && !published.has(normaliseId(one.id)),
    ),
  ];

  it('describes every requirement that is asked for, and no other', () => {
    const asked = expected.map((one) => normaliseId(one.id));
    expect(written.map((one) => one.id).sort()).toEqual(asked.sort());
  });

  it('keeps profile, nature, section and every id as the list writes them', () => {
    const shape = (one: CatalogueRequirement) => ({
      id: one.rawId,
      sectionId: one.section,
      profile: one.profile,
      nature: one.nature,
      scenarios: one.scenarios.map((scenario) => [scenario.rawId, ...scenario.proofs.map((proof) => proof.rawId)]),
    });
    const byId = new Map(written.map((one) => [one.id, shape(one)]));
    for (const one of expected) {
      expect(byId.get(normaliseId(one.id))).toEqual({
        id: one.id,
        sectionId: one.sectionId,
        profile: one.profile,
        nature: one.nature === 'EXIGENCE' ? 'DOIT' : 'PEUT',
        scenarios: one.scenarios.map((scenario) => [scenario.id, ...scenario.proofs.map((proof) => proof.id)]),
      });
    }
  });

  it.each([
    ['SGL', FILES.slice(0, 1)],
    ['LGC', FILES.slice(1)],
  ])('gives the ids that the reader gives to the workbook of %s', async (category, files) => {
    const fileName = `REM-${category}-va2.xlsx`;
    const reading = await readRem(readFileSync(new URL(fileName, LISTS)), { category, wave: 'va2', fileName });
    if (!reading.ok) throw new Error(reading.messages[0]?.message);
    const ids = (one: { readonly id: string; readonly rawId: string }) => [one.id, one.rawId];
    const shape = (one: Pick<CatalogueRequirement, 'id' | 'rawId' | 'scenarios'> | Requirement) => ({
      ids: ids(one),
      scenarios: one.scenarios.map((scenario) => [ids(scenario), scenario.proofs.map(ids)]),
    });
    for (const one of files.flatMap(readFile)) {
      const theirs = reading.rem.requirements.find(({ id }) => id === one.id);
      expect([one.id, theirs && shape(theirs)]).toEqual([one.id, shape(one)]);
    }
  });

  it('says nothing in the words of the lists: no run of eight words in common', () => {
    const runs = runsOf(
      [...all.sgl, ...all.lgc].flatMap((one) => [
        one.statement,
        ...one.scenarios.flatMap((scenario) => [scenario.text, ...scenario.proofs.map((proof) => proof.text)]),
      ]),
    );
    const ours = [
      ...titles,
      ...written.flatMap(({ id, observation }) => (observation === undefined ? [] : [{ id, title: observation }])),
    ];
    expect(ours.flatMap(({ id, title }) => borrowedRun(title, runs)?.concat(` in ${id}`) ?? [])).toEqual([]);
  });
});
