import { DOCUMENT_ENTRY, DOCUMENT_ENTRY_TYPE, SUBMISSION_SET } from '#formats/ebrim/index.ts';
import { escapeXml } from '#formats/xml/index.ts';
import { OIDS, RIM } from '../vocabulary.ts';
import { codesOf, KINDS, utc, type Coded } from './codes.ts';
import type { Deposit } from './types.ts';

/** Metadata of a lot with its document, as its author would have sent them. Source: protocols.md §2.5. */
export function depositList(deposit: Deposit): string {
  return `<rim:RegistryObjectList xmlns:rim="${RIM}">${lot(deposit)}${entry(deposit)}</rim:RegistryObjectList>`;
}

function lot(deposit: Deposit): string {
  const owner = 'SubmissionSet01';
  return (
    `<rim:RegistryPackage id="${owner}">${slot('submissionTime', utc(deposit.submittedAt))}${name(deposit.title)}` +
    `<rim:Classification id="node" classificationNode="${SUBMISSION_SET.node}" classifiedObject="${owner}"/>` +
    authorOf(deposit, SUBMISSION_SET.author, owner) +
    classified(SUBMISSION_SET.contentTypeCode, owner, KINDS.contentType) +
    identified(SUBMISSION_SET.patientId, owner, patientCx(deposit)) +
    identified(SUBMISSION_SET.sourceId, owner, '1.2.250.1.213.1.1.4.999') +
    `${identified(SUBMISSION_SET.uniqueId, owner, `${deposit.uniqueId}.1`)}</rim:RegistryPackage>`
  );
}

function entry(deposit: Deposit): string {
  const owner = 'Document01';
  const { author, confidentiality = [], patient } = deposit;
  const { type, class: classCode } = codesOf(deposit);
  const codes: readonly (readonly [string, Coded])[] = [
    [DOCUMENT_ENTRY.classCode, classCode],
    [DOCUMENT_ENTRY.typeCode, type],
    [DOCUMENT_ENTRY.formatCode, KINDS.format],
    [DOCUMENT_ENTRY.confidentialityCode, { code: 'N', label: 'Normal', system: OIDS.confidentiality }],
    ...confidentiality.map(
      (code) =>
        [DOCUMENT_ENTRY.confidentialityCode, { code, label: code, system: OIDS.frenchConfidentiality }] as const,
    ),
    [
      DOCUMENT_ENTRY.healthcareFacilityTypeCode,
      { code: author.structure.sector, label: author.structure.sector, system: OIDS.sector },
    ],
    [DOCUMENT_ENTRY.practiceSettingCode, KINDS.practiceSetting],
  ];
  const [given = ''] = patient.firstNames;
  return (
    `<rim:ExtrinsicObject id="${owner}" mimeType="text/xml" objectType="${DOCUMENT_ENTRY_TYPE}">` +
    slot('creationTime', utc(deposit.createdAt)) +
    slot('languageCode', 'fr-FR') +
    slot('serviceStartTime', utc(deposit.actAt)) +
    slot('sourcePatientId', `${patient.ins}^^^&${patient.oid}&ISO^NH`) +
    slot(
      'sourcePatientInfo',
      `PID-5|${patient.birthName}^${given}^^^^^L`,
      `PID-7|${patient.birthDate.replaceAll('-', '')}`,
      `PID-8|${patient.sex}`,
    ) +
    slot('legalAuthenticator', personXcn(deposit)) +
    name(deposit.title) +
    authorOf(deposit, DOCUMENT_ENTRY.author, owner) +
    codes.map(([scheme, coded]) => classified(scheme, owner, coded)).join('') +
    identified(DOCUMENT_ENTRY.patientId, owner, patientCx(deposit)) +
    `${identified(DOCUMENT_ENTRY.uniqueId, owner, deposit.uniqueId)}</rim:ExtrinsicObject>`
  );
}

function authorOf(deposit: Deposit, scheme: string, owner: string): string {
  const { structure, profession, speciality } = deposit.author;
  const institution = `${structure.name}^^^^^&${OIDS.structure}&ISO^IDNST^^^${structure.id}`;
  return (
    `<rim:Classification id="author-${owner}" classificationScheme="${scheme}" classifiedObject="${owner}" nodeRepresentation="">` +
    slot('authorPerson', personXcn(deposit)) +
    slot('authorInstitution', institution) +
    `${slot('authorSpecialty', `G15_${profession}/${speciality}^${speciality}^${OIDS.authorSpecialty}`)}</rim:Classification>`
  );
}

function personXcn({ author }: Deposit): string {
  return `${author.nationalId}^${author.lastName}^${author.firstName}^^^^^^&${OIDS.professional}&ISO^D^^^IDNPS`;
}

function patientCx({ patient }: Deposit): string {
  return `${patient.ins}^^^&${patient.oid}&ISO^NH`;
}

function slot(slotName: string, ...values: readonly string[]): string {
  const written = values.map((value) => `<rim:Value>${escapeXml(value)}</rim:Value>`).join('');
  return `<rim:Slot name="${slotName}"><rim:ValueList>${written}</rim:ValueList></rim:Slot>`;
}

function name(value: string): string {
  return `<rim:Name><rim:LocalizedString xml:lang="FR" value="${escapeXml(value)}"/></rim:Name>`;
}

function classified(scheme: string, owner: string, { code, label, system }: Coded): string {
  return (
    `<rim:Classification id="c-${owner}-${escapeXml(code)}" classificationScheme="${scheme}" classifiedObject="${owner}"` +
    ` nodeRepresentation="${escapeXml(code)}">${slot('codingScheme', system)}${name(label)}</rim:Classification>`
  );
}

function identified(scheme: string, owner: string, value: string): string {
  return (
    `<rim:ExternalIdentifier id="i-${owner}-${scheme.slice(-4)}" registryObject="${owner}" identificationScheme="${scheme}"` +
    ` value="${escapeXml(value)}">${name('XDS')}</rim:ExternalIdentifier>`
  );
}
