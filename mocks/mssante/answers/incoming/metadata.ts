import { createHash } from 'node:crypto';
import { ASSOCIATION, DOCUMENT_ENTRY, DOCUMENT_ENTRY_TYPE, EBXML, SUBMISSION_SET } from '#formats/ebrim/index.ts';
import { escapeXml } from '#formats/xml/index.ts';
import { INCOMING, OID, type Coded } from './data.ts';
import { compactTime, documentOid, patientCx, type WrittenDocument } from './document.ts';

const LOT = 'SubmissionSet01';

/**
 * METADATA.XML of a lot: metadata of ITI-41 with URI, hash and size of each file. Source: protocols.md §5.4.
 * @param documents at least one; the lot is about the patient of the first
 * @param hashOf SHA-1 of a file, hexadecimal, unless the variant wants another
 */
export function writeMetadata(
  messageId: string,
  documents: readonly [WrittenDocument, ...WrittenDocument[]],
  hashOf: (bytes: Uint8Array) => string = sha1,
): string {
  const [first] = documents;
  const title = documents.length === 1 ? first.kind.title : `${documents.length} documents`;
  const lot =
    `<RegistryPackage id="${LOT}">${slot('submissionTime', compactTime(first.at))}${name(title)}` +
    `<Classification id="node01" classificationNode="${SUBMISSION_SET.node}" classifiedObject="${LOT}"/>` +
    author(first, SUBMISSION_SET.author, LOT) +
    classified(SUBMISSION_SET.contentTypeCode, LOT, INCOMING.contentType) +
    identified(SUBMISSION_SET.patientId, LOT, 'XDSSubmissionSet.patientId', patientCx(first)) +
    identified(SUBMISSION_SET.sourceId, LOT, 'XDSSubmissionSet.sourceId', OID.source) +
    `${identified(SUBMISSION_SET.uniqueId, LOT, 'XDSSubmissionSet.uniqueId', documentOid(messageId, -1))}</RegistryPackage>`;
  const members = documents.map(
    (_, rank) =>
      `<Association id="member${rank + 1}" associationType="${ASSOCIATION.hasMember}" sourceObject="${LOT}" targetObject="${entryId(rank)}">${slot('SubmissionSetStatus', 'Original')}</Association>`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<lcm:SubmitObjectsRequest xmlns:lcm="${EBXML.lcm}" xmlns="${EBXML.rim}"><RegistryObjectList>` +
    `${lot}${documents.map((one, rank) => entry(one, rank, hashOf)).join('')}${members.join('')}` +
    `</RegistryObjectList></lcm:SubmitObjectsRequest>\n`
  );
}

/** The defect of the published sample: blanks before the declaration, and a prefix that nothing declares. */
export function spoilMetadata(metadata: string): string {
  return `\n  ${metadata.replaceAll('lcm:SubmitObjectsRequest', 'ns3:SubmitObjectsRequest')}`;
}

function entry(document: WrittenDocument, rank: number, hashOf: (bytes: Uint8Array) => string): string {
  const owner = entryId(rank);
  const { kind, patient, at, cda } = document;
  const codes: readonly (readonly [string, Coded])[] = [
    [DOCUMENT_ENTRY.classCode, kind.class],
    [DOCUMENT_ENTRY.typeCode, kind.type],
    [DOCUMENT_ENTRY.formatCode, document.structured ? INCOMING.structured.format : INCOMING.format],
    [DOCUMENT_ENTRY.confidentialityCode, INCOMING.normal],
    [DOCUMENT_ENTRY.healthcareFacilityTypeCode, sectorOf(document)],
    [DOCUMENT_ENTRY.practiceSettingCode, INCOMING.practiceSetting],
  ];
  return (
    `<ExtrinsicObject id="${owner}" mimeType="text/xml" objectType="${DOCUMENT_ENTRY_TYPE}">` +
    slot('creationTime', compactTime(at)) +
    slot('languageCode', 'fr-FR') +
    slot('serviceStartTime', compactTime(at)) +
    slot('sourcePatientId', patientCx(document)) +
    slot(
      'sourcePatientInfo',
      `PID-5|${patient.birthName}^${patient.firstNames[0] ?? ''}^^^^^L`,
      `PID-7|${patient.birthDate.replaceAll('-', '')}`,
      `PID-8|${patient.sex}`,
    ) +
    slot('legalAuthenticator', personXcn(document)) +
    slot('URI', document.entryName) +
    slot('hash', hashOf(cda)) +
    slot('size', String(cda.length)) +
    name(kind.title) +
    author(document, DOCUMENT_ENTRY.author, owner) +
    codes.map(([scheme, coded]) => classified(scheme, owner, coded)).join('') +
    identified(DOCUMENT_ENTRY.patientId, owner, 'XDSDocumentEntry.patientId', patientCx(document)) +
    `${identified(DOCUMENT_ENTRY.uniqueId, owner, 'XDSDocumentEntry.uniqueId', document.uniqueId)}</ExtrinsicObject>`
  );
}

const entryId = (rank: number): string => `Document${String(rank + 1).padStart(2, '0')}`;

function sectorOf({ author: { structure } }: WrittenDocument): Coded {
  return { code: structure.sector, label: structure.sector, system: OID.sector };
}

function author(document: WrittenDocument, scheme: string, owner: string): string {
  const { structure, profession, speciality } = document.author;
  return (
    `<Classification id="author-${owner}" classificationScheme="${scheme}" classifiedObject="${owner}" nodeRepresentation="">` +
    slot('authorPerson', personXcn(document)) +
    slot('authorInstitution', `${structure.name}^^^^^&${OID.structure}&ISO^IDNST^^^${structure.id}`) +
    `${slot('authorSpecialty', `G15_${profession}/${speciality}^${speciality}^${OID.specialty}`)}</Classification>`
  );
}

function personXcn({ author: one }: WrittenDocument): string {
  return `${one.nationalId}^${one.lastName}^${one.firstName}^^^^^^&${OID.professional}&ISO^D^^^IDNPS`;
}

function slot(slotName: string, ...values: readonly string[]): string {
  const written = values.map((value) => `<Value>${escapeXml(value)}</Value>`).join('');
  return `<Slot name="${slotName}"><ValueList>${written}</ValueList></Slot>`;
}

function name(value: string): string {
  return `<Name><LocalizedString xml:lang="FR" value="${escapeXml(value)}"/></Name>`;
}

function classified(scheme: string, owner: string, { code, label, system }: Coded): string {
  return (
    `<Classification id="c-${owner}-${scheme.slice(-4)}" classificationScheme="${scheme}" classifiedObject="${owner}"` +
    ` nodeRepresentation="${escapeXml(code)}">${slot('codingScheme', system)}${name(label)}</Classification>`
  );
}

function identified(scheme: string, owner: string, label: string, value: string): string {
  return (
    `<ExternalIdentifier id="i-${owner}-${scheme.slice(-4)}" registryObject="${owner}" identificationScheme="${scheme}"` +
    ` value="${escapeXml(value)}">${name(label)}</ExternalIdentifier>`
  );
}

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
