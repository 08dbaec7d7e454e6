import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '../xml/index.ts';
import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  EBXML,
  externalIdentifier,
  parseCe,
  parseCx,
  parseXcn,
  parseXon,
  readRegistryObjects,
  slot,
  slotValues,
  SUBMISSION_SET,
  type RegistryObjects,
} from './index.ts';

function objects(content: string): RegistryObjects {
  const reading = readXml(`<RegistryObjectList xmlns="${EBXML.rim}">${content}</RegistryObjectList>`);
  if (!reading.ok) throw new Error(reading.fault.message);
  return readRegistryObjects(reading.root);
}

const values = (...all: string[]): string =>
  `<ValueList>${all.map((value) => `<Value>${value}</Value>`).join('')}</ValueList>`;

const LOT = `<RegistryPackage id="SS"><Slot name="submissionTime">${values('20260105100000')}</Slot>
  <Name><LocalizedString value="Lot"/></Name>
  <ExternalIdentifier id="x1" registryObject="SS" identificationScheme="${SUBMISSION_SET.uniqueId}" value="1.2.3"/></RegistryPackage>`;

const DOCUMENT = `<ExtrinsicObject id="D1" mimeType="text/xml" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1" lid="urn:uuid:l" status="S" isOpaque="true">
  <Classification id="c2" classificationScheme="${DOCUMENT_ENTRY.typeCode}" classifiedObject="D1" nodeRepresentation="11502-2">
    <Slot name="codingScheme">${values('2.16.840.1.113883.6.1')}</Slot><Name><LocalizedString value="CR d'examens"/></Name></Classification>
  <Slot name="sourcePatientInfo">${values('PID-5|A^B', 'PID-8|F')}</Slot>
  <VersionInfo versionName="2"/></ExtrinsicObject>`;

describe('readRegistryObjects', () => {
  const read = objects(
    `${LOT}${DOCUMENT}<Classification id="c1" classifiedObject="SS" classificationNode="${SUBMISSION_SET.node}"/>
     <Association id="a1" associationType="T" sourceObject="SS" targetObject="D1"><Slot name="SubmissionSetStatus">${values('Original')}</Slot></Association>
     <ObjectRef id="urn:uuid:r"/><ExtrinsicObject xmlns="urn:other" id="not one"/>`,
  );

  it('recognises the submission set by its node, even written beside it', () => {
    expect(read.submissionSet?.id).toBe('SS');
    expect(read.submissionSet?.name).toBe('Lot');
    expect(read.submissionSet && externalIdentifier(read.submissionSet, SUBMISSION_SET.uniqueId)?.value).toBe('1.2.3');
  });

  it('reads entries in any order of children, with places', () => {
    const [entry] = read.documents;
    if (entry === undefined) throw new Error('no entry');
    expect(read.documents).toHaveLength(1);
    expect(entry).toMatchObject({ mimeType: 'text/xml', lid: 'urn:uuid:l', isOpaque: true, versionName: '2' });
    expect(slotValues(entry, 'sourcePatientInfo')).toEqual(['PID-5|A^B', 'PID-8|F']);
    expect(slot(entry, 'sourcePatientInfo')?.path).toBe('/RegistryObjectList/ExtrinsicObject[1]/Slot[1]');
    const type = classification(entry, DOCUMENT_ENTRY.typeCode);
    expect(type && codeOf(type)).toEqual({
      code: '11502-2',
      label: "CR d'examens",
      system: '2.16.840.1.113883.6.1',
    });
    expect(classifications(entry, DOCUMENT_ENTRY.classCode)).toEqual([]);
    expect(slotValues(entry, 'absent')).toEqual([]);
  });

  it('reads associations and references', () => {
    expect(read.associations[0]).toMatchObject({ associationType: 'T', sourceObject: 'SS', targetObject: 'D1' });
    expect(read.references).toEqual(['urn:uuid:r']);
  });

  it('finds no submission set when none is classified as such', () => {
    expect(objects(LOT).submissionSet).toBeUndefined();
  });
});

describe('field formats', () => {
  it('reads the person, the organisation, the patient and the code', () => {
    expect(parseXcn('8997^BLUE^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS')).toMatchObject({
      id: '8997',
      familyName: 'BLUE',
      givenName: 'EVA',
      authority: { namespaceId: '', universalId: '1.2.250.1.71.4.2.1', universalIdType: 'ISO' },
      nameType: 'D',
      identifierType: 'IDNPS',
    });
    expect(parseXon('LABO^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^10B1')).toMatchObject({
      name: 'LABO',
      authority: { universalId: '1.2.250.1.71.4.2.2' },
      identifierType: 'IDNST',
      id: '10B1',
    });
    expect(parseCx('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH')).toMatchObject({
      id: '279035121518989',
      authority: { universalId: '1.2.250.1.213.1.4.10' },
      identifierType: 'NH',
    });
    expect(parseCe('G15_10/SM03^Médecin^1.2')).toMatchObject({ code: 'G15_10/SM03', label: 'Médecin', system: '1.2' });
  });

  it('gives back what was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        for (const parse of [parseXcn, parseXon, parseCx, parseCe]) {
          expect(parse(value).components.join('^')).toBe(value);
        }
      }),
    );
  });
});
