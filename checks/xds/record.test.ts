import { describe, expect, it } from 'vitest';
import { envelopeWithVihf } from '../vihf/message.fixture.ts';
import { checkDmpRequest } from './index.ts';
import { RECORD_RULES } from './record-rules.ts';

const INS = '279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH';
const UUID = 'urn:uuid:00000000-0000-4000-8000-000000000007';
const APPROVED = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved';
const slot = (name: string, value: string): string =>
  `<Slot name="${name}"><ValueList><Value>${value}</Value></ValueList></Slot>`;
const identifier = (scheme: string, value: string): string =>
  `<ExternalIdentifier identificationScheme="urn:uuid:${scheme}" value="${value}"/>`;
const coded = (scheme: string, code: string, system: string): string =>
  `<Classification classificationScheme="urn:uuid:${scheme}" nodeRepresentation="${code}">${slot('codingScheme', system)}<Name><LocalizedString value="x"/></Name></Classification>`;

const LOT = `<RegistryPackage id="SS">${slot('submissionTime', '20260105100000')}<Classification classificationScheme="urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d" nodeRepresentation=""/><Classification classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"/>${identifier('6b5aea1a-874d-4603-a4bc-96a0a7b38446', INS)}${identifier('96fdda7c-d067-4183-912e-bf5ee74998a8', '1.2.3')}</RegistryPackage>`;
const STATUS = `<Association associationType="urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus" sourceObject="SS" targetObject="${UUID}">${slot('OriginalStatus', APPROVED)}${slot('NewStatus', 'urn:asip:ci-sis:2010:StatusType:Deleted')}</Association>`;
const COPY = `<ExtrinsicObject id="D1" lid="${UUID}" mimeType="text/xml">${['creationTime', 'languageCode', 'sourcePatientId', 'hash', 'size', 'repositoryUniqueId'].map((name) => slot(name, '1')).join('')}${coded('f0306f51-975f-434e-a61c-c59651d33983', '11502-2', '2.16.840.1.113883.6.1')}${coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'N', '2.16.840.1.113883.5.25')}${coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'MASQUE_PS', '1.2.250.1.213.1.1.4.13')}${identifier('58a6f841-87b3-4a3e-92fd-a8ffeff98427', INS)}${identifier('2e82c1f6-a085-4c72-9da3-8640a32e42ab', '1.2.4')}</ExtrinsicObject><Association associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember" sourceObject="SS" targetObject="D1">${slot('SubmissionSetStatus', 'Original')}${slot('PreviousVersion', '1')}</Association>`;

function judged(action: string, body: string): string[] {
  const headers = `<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">${action}</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">${UUID}</w:MessageID>`;
  const findings = checkDmpRequest(
    { contentType: `application/soap+xml; action="${action}"`, body: Buffer.from(envelopeWithVihf(body, headers)) },
    { withoutVihf: true },
  );
  for (const { where, received, expected } of findings) {
    expect(where).toMatch(/^\/Envelope/);
    for (const text of [received, expected]) expect(text).not.toBe('');
  }
  return [...new Set(findings.map(({ rule }) => rule))];
}
const update = (content: string): string[] =>
  judged(
    'urn:ihe:iti:2010:UpdateDocumentSet',
    `<l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">${content}</RegistryObjectList></l:SubmitObjectsRequest>`,
  );
const FIND = 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d';
const query = (id: string, slots: string): string[] =>
  judged(
    'urn:ihe:iti:2007:RegistryStoredQuery',
    `<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"><AdhocQuery xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" id="${id}">${slots}</AdhocQuery></q:AdhocQueryRequest>`,
  );
const PATIENT = slot('$XDSDocumentEntryPatientId', `'${INS}'`);
const ACTIVE = slot('$XDSDocumentEntryStatus', `('${APPROVED}')`);

type Breaker = readonly [rule: string, why: string, from: string | RegExp, to: string];
const STATUS_BREAKERS: readonly Breaker[] = [
  ['TD33-SUBMISSION-SET', 'no set', /<Classification classificationNode[^>]*\/>/, ''],
  ['TD33-SUBMISSION-SET', 'local time', '20260105100000', '20260105110000+0100'],
  ['TD33-SUBMISSION-SET', 'number that is no OID', 'value="1.2.3"', 'value="lot"'],
  ['TD33-SUBMISSION-SET', 'changes nothing', /<Association.*<\/Association>/, ''],
  [
    'TD33-STATUS',
    'deprecated instead of deleted',
    'urn:asip:ci-sis:2010:StatusType:Deleted',
    APPROVED.replace('Approved', 'Deprecated'),
  ],
  ['TD33-STATUS', 'no former status', /<Slot name="OriginalStatus">.*?<\/Slot>/, ''],
  ['TD33-TARGET', 'uniqueId instead of entryUUID', `targetObject="${UUID}"`, 'targetObject="1.2.4"'],
  ['TD33-TARGET', 'source that is not the set', 'sourceObject="SS"', 'sourceObject="D1"'],
  ['TD33-PATIENT', 'another patient', '279035121518989', '207058575627097'],
];
const COPY_BREAKERS: readonly Breaker[] = [
  ['TD33-TARGET', 'no lid', `lid="${UUID}" `, ''],
  ['TD33-PREVIOUS-VERSION', 'absent', /<Slot name="PreviousVersion">.*?<\/Slot>/, ''],
  ['TD33-PREVIOUS-VERSION', 'no HasMember', 'AssociationType:HasMember', 'AssociationType:RPLC'],
  ['TD33-COPY', 'without its hash', /<Slot name="hash">.*?<\/Slot>/, ''],
  ['TD33-COPY', 'without its uniqueId', /<ExternalIdentifier identificationScheme="urn:uuid:2e82c1f6[^>]*>/, ''],
  ['XDS-CONFIDENTIALITY-CODE', 'unknown code', '"MASQUE_PS"', '"SECRET"'],
  [
    'XDS-CONFIDENTIALITY-NORMAL',
    'no N',
    /<Classification classificationScheme="urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f" nodeRepresentation="N".*?<\/Classification>/,
    '',
  ],
];
const SEARCH_BREAKERS: readonly Breaker[] = [
  ['TD31-PATIENT', 'no quotes', `'${INS}'`, INS],
  ['TD31-PATIENT', 'in a list', `'${INS}'`, `('${INS}')`],
  ['TD31-PATIENT', 'local number', /'279.*?NH'/, "'42^^^&amp;1.2.3&amp;ISO^PI'"],
  ['TD31-PATIENT', 'another patient', '279035121518989', '207058575627097'],
  ['TD31-STATUS', 'without the active ones', 'StatusType:Approved', 'StatusType:Deprecated'],
  ['TD31-STATUS', 'absent', ACTIVE, ''],
  [
    'TD31-STATUS',
    'not in a list',
    "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')",
    "'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved'",
  ],
  ['TD31-TIME', 'between quotes', '20260101000000', "'20260101000000'"],
  ['TD31-TIME', 'with an offset', '20260101000000', '20260101010000+0100'],
];
const CODE = slot('$XDSDocumentEntryClassCode', "('10^^1.2.250.1.213.1.1.4.1')");
const GET = 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4';
const LINKS = 'urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155';
const BY_REFERENCE = 'urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492';
const SETS = 'urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9';
/** Queries whose parameters are wrong, all else being right. */
const PARAMETER_BREAKERS: readonly (readonly [why: string, id: string, slots: string])[] = [
  ['a code without its system', FIND, PATIENT + ACTIVE + CODE.replace('^^1.2.250.1.213.1.1.4.1', '')],
  ['a code without quotes', FIND, PATIENT + ACTIVE + CODE.replaceAll("'", '')],
  ['a quote that is not closed', FIND, PATIENT + ACTIVE + CODE.replace("')", ')')],
  ['two bounds', FIND, PATIENT + ACTIVE + slot('$XDSDocumentEntryCreationTimeFrom', '2026').repeat(2)],
  ['a list without parentheses', FIND, PATIENT + ACTIVE + CODE.replace('(', '').replace(')', '')],
  ['codes in two slots', FIND, PATIENT + ACTIVE + CODE.repeat(2)],
  ['a number where a text is', GET, slot('$XDSDocumentEntryUniqueId', '(12)')],
  ['a level between quotes', FIND, PATIENT + ACTIVE + slot('$MetadataLevel', "'2'")],
  ['a name misspelt', FIND, PATIENT + ACTIVE + CODE.replace('ClassCode', 'Classcode')],
  ['a parameter of another query', FIND, PATIENT + ACTIVE + slot('$uuid', `('${UUID}')`)],
  ['documents that nothing names', GET, ''],
  ['documents named by an empty list', GET, slot('$XDSDocumentEntryUniqueId', '()')],
  [
    'documents named in two ways',
    GET,
    slot('$XDSDocumentEntryUniqueId', "('1.2.4')") + slot('$XDSDocumentEntryEntryUUID', `('${UUID}')`),
  ],
  ['associations of nothing', LINKS, ''],
  ['no reference', BY_REFERENCE, PATIENT + ACTIVE],
  ['a reference that is no CXi', BY_REFERENCE, PATIENT + ACTIVE + slot('$XDSDocumentEntryReferenceIdList', "('42')")],
];
const TIMED = `${PATIENT}${ACTIVE}${slot('$XDSDocumentEntryCreationTimeFrom', '20260101000000')}`;
const edited = (text: string, [, , from, to]: Breaker): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`Nothing changed by ${from}`);
  return changed;
};

describe('updates and searches', () => {
  it('says nothing about conforming ones', () => {
    expect(update(LOT + STATUS)).toEqual([]);
    expect(update(LOT + COPY)).toEqual([]);
    expect(query(FIND, TIMED)).toEqual([]);
    expect(
      query('urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4', slot('$XDSDocumentEntryUniqueId', "('1.2.4')")),
    ).toEqual([]);
  });

  it.each(STATUS_BREAKERS)('%s: %s', (...breaker) => {
    expect(update(edited(LOT + STATUS, breaker))).toContain(breaker[0]);
    expect(update(edited(LOT + STATUS, breaker)).filter((id) => id !== 'TD33-TARGET')).toEqual(
      breaker[0] === 'TD33-TARGET' ? [] : [breaker[0]],
    );
  });
  it.each(COPY_BREAKERS)('%s: %s (masking)', (...breaker) => {
    expect(update(edited(LOT + COPY, breaker))).toEqual([breaker[0]]);
  });
  it.each(SEARCH_BREAKERS)('%s: %s', (...breaker) => {
    expect(query(FIND, edited(TIMED, breaker))).toEqual([breaker[0]]);
  });

  it.each(PARAMETER_BREAKERS)('TD31-PARAMETER: %s', (_why, id, slots) => {
    expect(query(id, slots)).toEqual(['TD31-PARAMETER']);
  });

  it('TD31-PARAMETER: a type of answer that does not exist; nothing about every right parameter', () => {
    const option = (type: string): string =>
      `<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"><q:ResponseOption returnComposedObjects="true" returnType="${type}"/><AdhocQuery xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" id="${FIND}">${PATIENT}${ACTIVE}</AdhocQuery></q:AdhocQueryRequest>`;
    const ITI_18 = 'urn:ihe:iti:2007:RegistryStoredQuery';
    expect(judged(ITI_18, option('RegistryObject'))).toEqual(['TD31-PARAMETER']);
    expect(judged(ITI_18, option('LeafClass'))).toEqual([]);
    expect(query(FIND, PATIENT + ACTIVE + CODE + slot('$XDSDocumentEntryAuthorPerson', "('%D''ARC%')"))).toEqual([]);
    expect(query(LINKS, slot('$uuid', `('${UUID}')`))).toEqual([]);
    const sets = (PATIENT + ACTIVE).replaceAll('$XDSDocumentEntry', '$XDSSubmissionSet');
    expect(query(SETS, sets + slot('$XDSSubmissionSetSubmissionTimeFrom', '20260101'))).toEqual([]);
    const reference = `('42^^^&amp;1.2.3&amp;ISO^urn:ihe:iti:xds:2013:order')`;
    expect(query(BY_REFERENCE, PATIENT + ACTIVE + slot('$XDSDocumentEntryReferenceIdList', reference))).toEqual([]);
  });

  it('TD31-QUERY: unknown query, TD33-SUBMISSION-SET: no list', () => {
    expect(query('urn:uuid:0', TIMED)).toEqual(['TD31-QUERY']);
    expect(
      judged(
        'urn:ihe:iti:2010:UpdateDocumentSet',
        '<l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"/>',
      ),
    ).toEqual(['TD33-SUBMISSION-SET']);
  });

  it('has a breaker for each rule', () => {
    const broken = new Set([
      'TD31-QUERY',
      'TD31-PARAMETER',
      ...[...STATUS_BREAKERS, ...COPY_BREAKERS, ...SEARCH_BREAKERS].map(([id]) => id),
    ]);
    expect(RECORD_RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
