import { expect, test } from 'vitest';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { buildReportDocuments } from './index.ts';
import { mentionsOf } from './mentions.ts';

const NONE = new Set<string>();
const plain = sampleReport();
const marked = (mark: object) => ({
  ...plain,
  results: plain.results.map((one, at) => (at < 2 ? { ...one, ...mark } : one)),
});

test('a plain report only tells patients of their data', () => {
  expect(mentionsOf(plain, NONE)).toEqual({
    accreditation: [],
    subcontracting: [],
    privacy: expect.stringContaining('RGPD'),
  });
});

test('who made what the laboratory did not, and how to reach them', () => {
  const biologist = { lastName: 'TEST', firstName: 'Camille', nationalId: '899700000013' };
  const performedBy = { name: 'AUTRE LABORATOIRE', finess: '990000001', phone: '01 99 00 12 34', biologist };
  expect(mentionsOf(marked({ performedBy }), NONE).subcontracting[0]).toMatch(
    /AUTRE LABORATOIRE, tél\. 01 99 00 12 34/,
  );
});

test('the accreditation, with its number, its scope and the meaning of the sign', () => {
  const { accreditation } = mentionsOf(marked({ accredited: true }), NONE);
  expect(accreditation[0]).toMatch(/Cofrac examens médicaux, n° 8-0000, .*portée .*www\.cofrac\.fr$/);
  expect(accreditation[1]).toContain('signe *');
});

test('the texts that the users set take the place of ours', () => {
  const texts = { privacy: 'Le nôtre.', automaticValidation: 'Sans revue.' };
  const report = { ...marked({ withoutReview: true }), texts };
  expect(mentionsOf(report, NONE)).toMatchObject(texts);
});

test.each([
  ['pdf-sans-rgpd', 'privacy'],
  ['pdf-sans-validation-automatique', 'automaticValidation'],
] as const)('%s', (fault, left) => {
  expect(mentionsOf(marked({ withoutReview: true }), new Set([fault]))[left]).toBeUndefined();
});

test('the faults on the accreditation', () => {
  expect(mentionsOf(plain, new Set(['pdf-cofrac-sans-accreditation'])).accreditation).toHaveLength(2);
  expect(mentionsOf(marked({ accredited: true }), new Set(['pdf-cofrac-sans-numero'])).accreditation[0]).not.toContain(
    '8-',
  );
});

test('the CDA says them too, whatever is wrong with the paper', async () => {
  const report = { ...marked({ accredited: true }), texts: { privacy: 'Le & nôtre.' } };
  const { n3 } = await buildReportDocuments(report, sampleConfig(), new Set(['pdf-sans-rgpd']));
  const text = Buffer.from(n3.bytes).toString('utf8');
  expect(text).toContain('<paragraph>Le &amp; nôtre.</paragraph>');
  expect(text.match(/<td>\* <content/g)).toHaveLength(2);
});
