import { expect, it } from 'vitest';
import { change, makeN3 } from '#formats/cda/cda.fixture.ts';
import { readCda, type CdaDocument } from '#formats/cda/index.ts';
import { checkCdaVersions } from './index.ts';
import { VERSION_RULES } from './versions.ts';

const document = (text: string): CdaDocument => {
  const reading = readCda(Buffer.from(text));
  if (!reading.ok) throw new TypeError(reading.fault.message);
  return reading.document;
};

const NEW_ID = '1.2.250.1.999.1.1.3.99';
const text = makeN3();
const former = document(text);
/** The next version as it should be written. */
const right = change(
  change(text, `<id root="${former.id.root}"`, `<id root="${NEW_ID}"`),
  '<versionNumber value="1"/>',
  '<versionNumber value="2"/>',
).replace(
  '<componentOf>',
  `<relatedDocument typeCode="RPLC"><parentDocument><id root="${former.id.root}"/></parentDocument></relatedDocument><componentOf>`,
);
const rules = (next: string): readonly string[] => checkCdaVersions(former, document(next)).map(({ rule }) => rule);

it('is silent on a right new version', () => {
  expect(rules(right)).toEqual([]);
});

const BREAKERS: readonly (readonly [rule: string, next: string])[] = [
  ['CDA-VERSION-ID', right.replace(`<id root="${NEW_ID}"`, `<id root="${former.id.root}"`)],
  ['CDA-VERSION-SET', change(right, `<setId root="${former.setId?.root}"`, '<setId root="1.2.250.1.999.77"')],
  ['CDA-VERSION-NUMBER', change(right, '<versionNumber value="2"/>', '<versionNumber value="1"/>')],
  ['CDA-VERSION-REPLACES', change(right, '<relatedDocument typeCode="RPLC">', '<relatedDocument typeCode="APND">')],
];

it.each(BREAKERS)('%s', (rule, next) => {
  expect(rules(next)).toEqual([rule]);
});

it('has a breaker of each rule', () => {
  expect(VERSION_RULES.map(({ id }) => id).filter((id) => !BREAKERS.some(([rule]) => rule === id))).toEqual([]);
});
