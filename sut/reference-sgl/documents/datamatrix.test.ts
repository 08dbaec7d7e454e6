import { expect, test } from 'vitest';
import { sampleReport } from '../samples/report.ts';
import { datamatrixMessage } from './datamatrix.ts';

const { patient } = sampleReport();
const NONE = new Set<string>();

test('a header, then the INS and the traits; a separator ends what has no fixed length', () => {
  expect(datamatrixMessage(patient, NONE)).toBe(
    `IS01${'0'.repeat(22)}S1101066322083675S21.2.250.1.213.1.4.10S3PIERRE-ALAIN MURIEL\u001DS4D ARTAGNAN DE L HERAULT\u001DS5MS617-06-2001S763220`,
  );
  const shorter = { ...patient, ins: { matricule: '101066322083675', oid: '1.2.250.1.213.1.4.8' } };
  expect(datamatrixMessage(shorter, NONE)).toContain('S21.2.250.1.213.1.4.8\u001DS3');
});

test('a name as long as a field is cut there, without separator', () => {
  const long = { ...patient, traits: { ...patient.traits, birthName: 'A'.repeat(120) } };
  expect(datamatrixMessage(long, NONE)).toContain(`S4${'A'.repeat(100)}S5M`);
});

test('no place when it is not known', () => {
  const { birthPlace: _, ...traits } = patient.traits;
  expect(datamatrixMessage({ ...patient, traits }, NONE)).toMatch(/S617-06-2001$/);
});

test('nothing for an identity that is not qualified, or has no INS', () => {
  expect(datamatrixMessage({ ...patient, status: 'validee' }, NONE)).toBeUndefined();
  const { ins: _, ...without } = patient;
  expect(datamatrixMessage(without, NONE)).toBeUndefined();
});

test.each([
  ['pdf-datamatrix-autre-sexe', 'S5F'],
  ['pdf-datamatrix-sans-entete', /^IS01S1/],
])('%s', (fault, part) => {
  expect(datamatrixMessage(patient, new Set([fault]))).toMatch(part);
});

test('the faults on whether it is printed', () => {
  expect(datamatrixMessage(patient, new Set(['pdf-sans-datamatrix']))).toBeUndefined();
  const found = { ...patient, status: 'recuperee' as const };
  expect(datamatrixMessage(found, new Set(['pdf-ins-non-qualifiee']))).toContain('S1101066322083675');
});
