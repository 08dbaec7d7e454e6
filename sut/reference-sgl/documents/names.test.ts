import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SglError } from '../model/index.ts';
import { BIOLOGIST, sampleReport } from '../samples/report.ts';
import { frenchUnit, interpretation, qualification } from './codes.ts';
import { pdfFileName, withoutAccents } from './names.ts';
import { newOid } from './oids.ts';
import { cdaTime, localTime, utcTime } from './times.ts';

test('the PDF is named by date of the act, type, name and first given name', () => {
  expect(pdfFileName(sampleReport())).toBe(
    "20260105_CR d'examens biologiques_D'ARTAGNAN DE L'HERAULT_PIERRE-ALAIN.pdf",
  );
});

test('no name makes a file name that a system refuses or that has another number of parts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (birthName, given) => {
      const report = sampleReport();
      const traits = { ...report.patient.traits, birthName, firstNames: [given] };
      const name = pdfFileName({ ...report, patient: { ...report.patient, traits } });
      expect(name.split('_')).toHaveLength(4);
      expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u);
    }),
  );
});

test('ligatures and typographic apostrophes go with the accents', () => {
  expect(withoutAccents('Œuvré l’Été ÇÀ')).toBe("OEuvre l'Ete CA");
});

test('UTC, local and CDA times of the same instant', () => {
  const instant = new Date('2026-06-30T22:05:09.123Z');
  expect(utcTime(instant)).toBe('20260630220509');
  expect(localTime(instant)).toBe('20260701000509');
  expect(cdaTime(instant)).toBe('20260701000509+0200');
});

test('codes of a professional, as the directory gives them or combined', () => {
  expect(qualification(BIOLOGIST)?.combined.code).toBe('G15_10/SM03');
  expect(qualification({ ...BIOLOGIST, speciality: 'G15_10/SM03', profession: '10' })?.speciality?.code).toBe('SM03');
  expect(qualification({ ...BIOLOGIST, profession: '21', speciality: 'SM03' })?.combined.label).toBe(
    'Pharmacien biologiste',
  );
  expect(qualification({ ...BIOLOGIST, profession: '60', speciality: '' })?.combined.code).toBe('G15_60');
  expect(qualification({ nationalId: '8', lastName: 'A', firstName: 'B' })).toBeUndefined();
});

test('a value on its bound is normal', () => {
  const result = { loinc: '1-8', label: 'x', value: 4.2, unit: 'g/L', low: 4.2, high: 4.2 };
  expect(interpretation(result)?.code).toBe('N');
  expect(interpretation({ ...result, value: 4.3 })?.code).toBe('H');
  expect(interpretation({ ...result, value: 4.1 })?.code).toBe('L');
});

test('units are shown as French readers write them', () => {
  expect(['m[IU]/L', '10*12/L', 'ug/L', '{ratio}', '/uL'].map(frenchUnit)).toEqual([
    'mUI/L',
    '10¹²/L',
    'µg/L',
    '',
    '/µL',
  ]);
});

test('an OID root that is too long is refused with its remedy', () => {
  const root = `1.2.250.1.${'9'.repeat(50)}`;
  expect(() => newOid(root, 'document')).toThrow(
    expect.objectContaining({ code: 'OID_TROP_LONG' } satisfies Partial<SglError>),
  );
});
