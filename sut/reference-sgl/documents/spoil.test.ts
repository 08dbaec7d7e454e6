import { expect, it } from 'vitest';
import { spoilDocument, spoilPatient } from './spoil.ts';

const DOCUMENT =
  '<a><recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="279035121518989"/><id root="1.2" extension="P-1"/>' +
  '<name><family qualifier="BR">PAT</family><given>A B</given><given qualifier="BR">A</given></name>' +
  '<birthTime value="19790328"/></patientRole></recordTarget><family qualifier="BR">AUTEUR</family></a>';

it.for([
  ['cda-ins-oid-faux', 'root="1.2.250.1.213.1.4.99"'],
  ['cda-ins-cle-fausse', 'extension="279035121518990"'],
  ['cda-sans-nom-naissance', '<name><given>A B'],
  ['cda-premier-prenom-autre', '<given qualifier="BR">AUTRE<'],
  ['cda-autre-naissance', 'value="19010101"'],
] as const)('%s changes the patient, and nothing else', ([name, written]) => {
  const spoilt = spoilPatient(DOCUMENT, 'cda-n3', new Set([name]));
  expect(spoilt).toContain(written);
  expect(spoilt).toContain('AUTEUR');
  expect(spoilPatient(DOCUMENT, 'cda-n1', new Set([name]))).toBe(spoilt);
});

it('makes the document of level 1 differ alone', () => {
  const faults = new Set(['cda-n1-autre-patient']);
  expect(spoilPatient(DOCUMENT, 'cda-n3', faults)).toBe(DOCUMENT);
  expect(spoilPatient(DOCUMENT, 'cda-n1', faults)).toContain('<family qualifier="BR">AUTRE<');
});

it('leaves the document as it is without fault', () => {
  expect(spoilPatient(DOCUMENT, 'cda-n1', new Set())).toBe(DOCUMENT);
});

const HEADER = '<?xml version="1.0"?>\n<ClinicalDocument><confidentialityCode code="N"/></ClinicalDocument>';

it.for([
  ['cda-confidentialite-autre', 'text/xml', 'code="R"'],
  ['cda-feuille-avec-script', 'application/xslt+xml', '<script>'],
  ['cda-feuille-avec-image', 'application/xslt+xml', '<img src="https:'],
] as const)('%s changes the document and how it is announced', ([name, mediaType, written]) => {
  const spoilt = spoilDocument(HEADER, new Set([name]));
  expect(spoilt.mediaType).toBe(mediaType);
  expect(spoilt.content).toContain(written);
  expect(spoilt.content.match(/<\?xml/g)).toHaveLength(1);
  expect(spoilDocument(HEADER, new Set())).toEqual({ content: HEADER, mediaType: 'text/xml' });
});
