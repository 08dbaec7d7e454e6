import { Buffer } from 'node:buffer';
import { makeN1, makeN3 } from '#formats/cda/cda.fixture.ts';
import { makeXdmFiles, zip } from '#formats/xdm/xdm.fixture.ts';

const METADATA = 'IHE_XDM/SUBSET01/METADATA.XML';

/** A conforming archive of an N1 and an N3, but for the edit of its METADATA.XML. */
export function archiveWith(edit: (text: string) => string): Promise<Uint8Array> {
  const files = makeXdmFiles([
    { name: 'CRBIO_1.XML', bytes: Buffer.from(makeN1()), uniqueId: '1.2.250.1.999.1.1.1' },
    { name: 'CRBIO_3.XML', bytes: Buffer.from(makeN3()), uniqueId: '1.2.250.1.999.1.3.1' },
  ]);
  const text = edit(Buffer.from(files.get(METADATA) ?? []).toString('utf8'));
  return zip(files.set(METADATA, Buffer.from(text)));
}

/** Replaces what a text holds, at its first place, so that a breaker cannot silently break nothing. */
function first(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`« ${String(from)} » est absent`);
  return changed;
}

const slotAbsent = (name: string) => (text: string) =>
  first(text, new RegExp(`<Slot name="${name}">.*?</Slot>`, 's'), '');
const classificationAbsent = (scheme: string) => (text: string) =>
  first(text, new RegExp(`<Classification [^>]*classificationScheme="urn:uuid:${scheme}.*?</Classification>`, 's'), '');
const identifierAbsent = (scheme: string) => (text: string) =>
  first(text, new RegExp(`<ExternalIdentifier [^>]*${scheme}.*?</ExternalIdentifier>`, 's'), '');
const changed = (from: string | RegExp, to: string) => (text: string) => first(text, from, to);

/** One wrong value of METADATA.XML each: the rule that must say it, and what it must say that it received. */
export const WRONG_METADATA: readonly (readonly [
  rule: string,
  what: string,
  edit: (text: string) => string,
  received: string,
])[] = [
  ...[
    'submissionTime',
    'creationTime',
    'languageCode',
    'legalAuthenticator',
    'sourcePatientId',
    'sourcePatientInfo',
  ].map((name) => ['XDM-METADATA-MANDATORY', `${name} absent`, slotAbsent(name), 'absent ou vide'] as const),
  ...(
    [
      ['author du lot', 'a7058bb9'],
      ['contentTypeCode', 'aa543740'],
      ['author', '93606bcf'],
      ['classCode', '41a5887f'],
      ['formatCode', 'a09d5840'],
      ['confidentialityCode', 'f4f85eac'],
      ['healthcareFacilityTypeCode', 'f33fb8ac'],
      ['practiceSettingCode', 'cccf5598'],
    ] as const
  ).map(
    ([name, scheme]) =>
      ['XDM-METADATA-MANDATORY', `${name} absent`, classificationAbsent(scheme), 'absent ou vide'] as const,
  ),
  ['XDM-METADATA-MANDATORY', 'sourceId absent', identifierAbsent('554ac39e'), 'absent ou vide'],
  ['XDM-METADATA-MANDATORY', 'uniqueId du lot absent', identifierAbsent('96fdda7c'), 'absent ou vide'],
  [
    'XDM-METADATA-MANDATORY',
    'titre absent',
    changed(/<Name><LocalizedString value="Compte rendu[^>]*><\/Name>/, ''),
    'absent ou vide',
  ],
  [
    'XDM-METADATA-TIME',
    'décalage horaire dans une date',
    changed(
      'name="submissionTime"><ValueList><Value>20260105100000',
      'name="submissionTime"><ValueList><Value>20260105110000+0100',
    ),
    '20260105110000+0100',
  ],
  [
    'XDM-METADATA-TIME',
    'date sans heure',
    changed(
      'name="serviceStartTime"><ValueList><Value>20260105073000',
      'name="serviceStartTime"><ValueList><Value>20260105',
    ),
    '20260105',
  ],
  [
    'XDM-METADATA-PATIENT',
    'patientId sans autorité',
    changed(/(58a6f841-87b3-4a3e-92fd-a8ffeff98427" value=")[^"]*/, '$1279035121518989'),
    '279035121518989',
  ],
  [
    'XDM-METADATA-PATIENT',
    'sourcePatientId sans autorité',
    changed('IPP1^^^&amp;1.2.250.1.999.2&amp;ISO^PI', 'IPP1'),
    'IPP1',
  ],
  ['XDM-METADATA-PATIENT', 'sexe hors liste', changed('PID-8|F', 'PID-8|X'), 'PID-8|X'],
  [
    'XDM-METADATA-AUTHOR',
    'auteur sans prénom (XCN)',
    changed(/(name="authorPerson"><ValueList><Value>899900000011\^BIO-TEST\^)EVA/, '$1'),
    '899900000011^BIO-TEST^^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS (composant 3 vide)',
  ],
  [
    'XDM-METADATA-AUTHOR',
    'structure sans identifiant (XON)',
    changed('IDNST^^^10B0152872', 'IDNST'),
    'LABORATOIRE DE TEST^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST',
  ],
  [
    'XDM-METADATA-AUTHOR',
    'spécialité sans système (CE)',
    changed('Biologie médicale (SM)^1.2.250.1.213.1.1.4.5', 'Biologie médicale (SM)'),
    'G15_10/SM03^Médecin - Biologie médicale (SM)',
  ],
  [
    'XDM-METADATA-AUTHOR',
    'responsable sans type d’identifiant (XCN)',
    changed(/(name="legalAuthenticator"><ValueList><Value>[^<]*)\^IDNPS/, '$1^'),
    '899900000011^BIO-TEST^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^ (composant 13)',
  ],
  [
    'XDM-METADATA-ID',
    'uniqueId du lot qui n’est pas un OID',
    changed('value="1.2.250.1.999.9.1"', 'value="LOT-1"'),
    'LOT-1',
  ],
  ['XDM-METADATA-ID', 'sourceId qui n’est pas un OID', changed('value="1.2.250.1.999.9"', 'value="SGL"'), 'SGL'],
  [
    'XDM-METADATA-ID',
    'référence qui n’est pas CXi',
    changed(
      '<Slot name="sourcePatientInfo">',
      '<Slot name="urn:ihe:iti:xds:2013:referenceIdList"><ValueList><Value>ORD1</Value></ValueList></Slot><Slot name="sourcePatientInfo">',
    ),
    'ORD1',
  ],
  [
    'XDM-METADATA-CODE',
    'système d’un autre jeu de valeurs',
    changed('1.2.250.1.71.4.2.4', '1.2.250.1.71.4.2.9'),
    'healthcareFacilityTypeCode : code SA25, libellé SA25, système 1.2.250.1.71.4.2.9',
  ],
  [
    'XDM-METADATA-CODE',
    'code sans libellé',
    changed('value="07"', 'value=""'),
    'contentTypeCode : code 07, libellé vide, système 1.2.250.1.213.2.2',
  ],
  [
    'XDM-METADATA-CODE',
    'classe d’un autre type de document',
    changed('nodeRepresentation="10"', 'nodeRepresentation="31"'),
    '31',
  ],
  [
    'XDM-METADATA-TITLE',
    'titre de 130 caractères',
    changed('value="Compte rendu d&apos;examens biologiques"', `value="${'x'.repeat(130)}"`),
    '130 caractères',
  ],
  [
    'XDM-FORMAT-CODE',
    'format d’un N1 pour un N3',
    changed('nodeRepresentation="urn:ihe:lab:xd-lab:2008"', 'nodeRepresentation="urn:ihe:iti:xds-sd:pdf:2008"'),
    'urn:ihe:iti:xds-sd:pdf:2008',
  ],
];
