import { describe, expect, it } from 'vitest';
import { openFolder, openJudge } from './index.ts';
import type { PackJudge } from './index.ts';
import data from './models.json' with { type: 'json' };
import { mutant } from './mutants.fixture.ts';
import { hasOfficialPack, OFFICIAL_PACK, officialExample, officialExamples, WITHOUT_PACK } from './official.fixture.ts';

const TSH = 'BIO-CR-BIO_2024.01_TSH_1.xml';
const CHAPTER = '/ClinicalDocument/component[1]/structuredBody[1]/component[1]/section[1]/component[1]/section[1]';
const OBSERVATION = `${CHAPTER}/entry[1]/act[1]/entryRelationship[1]/observation[1]`;
let judge: PackJudge | undefined;

function said(document: Uint8Array | string): readonly string[] {
  judge ??= openJudge(openFolder(OFFICIAL_PACK));
  const answer = judge.judge(Buffer.from(document));
  if (!answer.ok) throw new Error(answer.message);
  const { report } = answer;
  expect(report.unplayed).toEqual([]);
  expect(report.volet.kind).toBe('found');
  return [
    ...report.xsd.map(({ where }) => `xsd ${where}`),
    ...report.layers.flatMap(({ layer, failures }) => failures.map(({ kind, where }) => `${layer} ${kind} ${where}`)),
  ];
}

describe.skipIf(!hasOfficialPack)(`the official pack (${WITHOUT_PACK})`, () => {
  const names = hasOfficialPack ? [...officialExamples().keys()] : ['each example'];

  it.each(names)('says nothing of its example %s', { timeout: 60_000 }, (name) => {
    expect(said(officialExample(name))).toEqual([]);
  });

  it.each([
    [/<title>/u, '<title zz="1">', ['xsd /ClinicalDocument/title[1]']],
    [/<languageCode code="fr-FR"/u, '<languageCode code="fr"', ['entete assert /ClinicalDocument/languageCode[1]']],
    [/unit="m\[IU\]\/L"/u, 'unit="mUI/L"', [`terminologies assert ${OBSERVATION}/value[1]`]],
    [/<templateId root="1\.3\.6\.1\.4\.1\.19376\.1\.3\.1\.6"\s*\/>/u, '', [`modeles assert ${OBSERVATION}`]],
  ])('finds one fault at its layer: %s', { timeout: 60_000 }, (from, to, expected) => {
    const source = Buffer.from(officialExample(TSH)).toString('utf8');
    expect(source).toMatch(from);
    expect(said(source.replace(from, to))).toEqual(expected);
  });

  it('has a templateId for each of its models, but for three whose header asks none', () => {
    const modelOf = (path: string): string | undefined => /^schematrons\/CI-SIS_(.+?)_\d[\d._]*\.sch$/u.exec(path)?.[1];
    const models = new Set(openFolder(OFFICIAL_PACK).paths.flatMap((path) => modelOf(path) ?? []));
    const known = new Set(Object.values(data.models).map((name) => name.toLowerCase()));
    expect([...models].filter((name) => !known.has(name.toLowerCase()))).toEqual(['CSE-MDE', 'OPH-CR-RTN', 'TLM-CR']);
    expect([...known].filter((name) => ![...models].some((model) => model.toLowerCase() === name))).toEqual([]);
  });

  it(
    'judges documents that are spoilt anywhere without dying, and finds nearly all of them wrong',
    { timeout: 120_000 },
    () => {
      const found = Array.from({ length: 30 }, (_, seed) => said(mutant(officialExample(TSH), seed + 1, 5)));
      expect(found.flat().filter((one) => one.includes(' error '))).toEqual([]);
      expect(found.filter((one) => one.length > 0).length).toBeGreaterThan(24);
    },
  );
});
