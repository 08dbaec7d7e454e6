import { createHash } from 'node:crypto';
import {
  authority,
  byChapter,
  type Coded,
  localTime,
  NORMAL_CONFIDENTIALITY,
  PRACTICE_SETTING,
  hiddenFrom,
  natureOf,
  REPORT_TYPE,
  sector,
  utcTime,
} from '../documents/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { el } from '../xml/index.ts';
import {
  association,
  type Classified,
  ENTRY,
  extrinsicObject,
  HAS_MEMBER,
  registryPackage,
  REPLACES,
  SIGNS,
  slot,
  SUBMISSION_SET,
} from './ebrim.ts';
import { localCx, patientCx, patientInfo, specialty, systemXcn, xcn, xon } from './formats.ts';

export const SUBMISSION_SET_ID = 'SubmissionSet01';
export const SIGNATURE_ID = 'Signature01';

const FORMAT: Readonly<Record<'cda-n3' | 'cda-n1', Coded>> = {
  'cda-n3': { code: 'urn:ihe:lab:xd-lab:2008', system: '1.3.6.1.4.1.19376.1.2.3', label: REPORT_TYPE.label },
  'cda-n1': {
    code: 'urn:ihe:iti:xds-sd:pdf:2008',
    system: '1.3.6.1.4.1.19376.1.2.3',
    label: 'Document non structuré au format PDF',
  },
};
/** Out-patient care (PV1-2 `O` maps to `07`). */
const CONTENT_TYPE: Coded = { code: '07', system: '1.2.250.1.213.2.2', label: 'Soins externes' };

/** A CDA of the report, with its place in a submission. */
export interface SubmittedDocument {
  readonly document: BuiltDocument;
  /** `Document01`… */
  readonly entryId: string;
  /** File name next to METADATA.XML; only in an XDM archive. */
  readonly uri?: string;
  /** entryUUID of the version in force, which this document replaces in the registry. */
  readonly replaces?: string | undefined;
}

/** The XAdES document of a submission set, fed beside the documents it signs. */
export interface SubmittedSignature {
  /** OID, uniqueId of the signature entry. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

export interface Submission {
  /** OID of the submission set, new for each. */
  readonly id: string;
  readonly at: Date;
  readonly documents: readonly SubmittedDocument[];
  readonly signature?: SubmittedSignature;
}

/**
 * `SubmitObjectsRequest` of a submission: submission set, document entries, signature entry and associations. The same
 * content goes to the DMP (ITI-41) and in the METADATA.XML of an XDM archive. Source: protocols.md §2.5.
 *
 * @param faults `dmp-heure-locale` writes submissionTime and creationTime in local time instead of UTC, `xds-…` name
 *   another patient
 */
export function submitObjectsRequest(
  submission: Submission,
  report: Report,
  config: SglConfig,
  faults: ReadonlySet<string>,
): string {
  const time = faults.has('dmp-heure-locale') ? localTime : utcTime;
  const context = { submission, report, config, time, faults, ...patientIds(report, config, faults) };
  const members = [
    ...submission.documents.map((submitted) => submitted.entryId),
    ...(submission.signature ? [SIGNATURE_ID] : []),
  ];
  const list = [
    submissionSet(context),
    ...submission.documents.map((submitted) => documentEntry(submitted, context)),
    ...(submission.signature ? [signatureEntry(submission.signature, context)] : []),
    ...members.map((member, index) =>
      association(`a${index + 1}`, HAS_MEMBER, SUBMISSION_SET_ID, member, slot('SubmissionSetStatus', 'Original')),
    ),
    ...(submission.signature ? [association(`a${members.length + 1}`, SIGNS, SIGNATURE_ID, SUBMISSION_SET_ID)] : []),
    ...submission.documents.flatMap(({ entryId, replaces }, index) =>
      replaces === undefined ? [] : [association(`r${index + 1}`, REPLACES, entryId, replaces)],
    ),
  ];
  return submitObjects(list);
}

/** The registry objects of one submission. */
export function submitObjects(list: readonly string[]): string {
  return el(
    'lcm:SubmitObjectsRequest',
    {
      'xmlns:lcm': 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0',
      xmlns: 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0',
    },
    el('RegistryObjectList', {}, ...list),
  );
}

interface Context {
  readonly submission: Submission;
  readonly report: Report;
  readonly config: SglConfig;
  /** How submissionTime and creationTime are written. */
  readonly time: (date: Date) => string;
  /** Patient of the entries, and of the submission set. */
  readonly patient: string;
  readonly setPatient: string;
  readonly faults: ReadonlySet<string>;
}

function patientIds(
  { patient }: Report,
  config: SglConfig,
  faults: ReadonlySet<string>,
): Pick<Context, 'patient' | 'setPatient'> {
  const known = faults.has('xds-patient-local') ? localCx(patient, config) : patientCx(patient, config);
  return {
    patient: known,
    setPatient: faults.has('xds-patient-autre') ? known.replace(/^[^^]+/, '123456789012312') : known,
  };
}

/** The author, and the laboratory beside him when he has left the RPPS (DMP integration guide, RG_2230). */
function authors({ report, config, faults }: Context, scheme: string): readonly Classified[] {
  const known = specialty(report.biologist);
  const person: Classified = {
    scheme,
    slots: [
      slot('authorPerson', xcn(report.biologist)),
      slot('authorInstitution', xon(config)),
      ...(known === undefined ? [] : [slot('authorSpecialty', known)]),
    ],
  };
  if (report.authorGone !== true || faults.has('dmp-historique-sans-structure')) return [person];
  return [person, { scheme, slots: [slot('authorPerson', systemXcn(config)), slot('authorInstitution', xon(config))] }];
}

function submissionSet(context: Context): string {
  const { submission, config, time } = context;
  return registryPackage({
    id: SUBMISSION_SET_ID,
    slots: [slot('submissionTime', time(submission.at))],
    title: natureOf(context.report).title,
    classifications: [
      // A lot has one author: the laboratory, when the author of the document has left the RPPS.
      ...authors(context, SUBMISSION_SET.author).slice(-1),
      { scheme: SUBMISSION_SET.contentTypeCode, value: CONTENT_TYPE },
      { node: SUBMISSION_SET.node },
    ],
    identifiers: [
      [SUBMISSION_SET.patientId, 'XDSSubmissionSet.patientId', context.setPatient],
      [SUBMISSION_SET.sourceId, 'XDSSubmissionSet.sourceId', authority(config.oidRoot, 'product')],
      [SUBMISSION_SET.uniqueId, 'XDSSubmissionSet.uniqueId', submission.id],
    ],
  });
}

function documentEntry(submitted: SubmittedDocument, context: Context): string {
  const { report, config, time, faults } = context;
  const { document, entryId, uri } = submitted;
  const { type, classCode, title } = natureOf(report);
  const asked = faults.has('dmp-masquage-ignore') ? {} : (document.confidentiality ?? {});
  const order = `${report.requestId}^^^&${authority(config.oidRoot, 'order')}&ISO^urn:ihe:iti:xds:2013:order`;
  return extrinsicObject(document.mediaType, {
    id: entryId,
    slots: [
      slot('creationTime', time(report.validatedAt)),
      slot('languageCode', 'fr-FR'),
      slot('legalAuthenticator', xcn(report.biologist)),
      slot('serviceStartTime', utcTime(report.receivedAt)),
      slot('serviceStopTime', utcTime(report.validatedAt)),
      slot('sourcePatientId', localCx(report.patient, config)),
      slot('sourcePatientInfo', ...patientInfo(report.patient)),
      ...integrity(document.bytes),
      ...(uri === undefined ? [] : [slot('URI', uri)]),
      slot('urn:ihe:iti:xds:2013:referenceIdList', order),
    ],
    title,
    classifications: [
      ...authors(context, ENTRY.author),
      { scheme: ENTRY.classCode, value: classCode },
      { scheme: ENTRY.typeCode, value: type },
      { scheme: ENTRY.formatCode, value: formatOf(document, report) },
      ...places(config),
      { scheme: ENTRY.confidentialityCode, value: NORMAL_CONFIDENTIALITY },
      ...hiddenFrom(asked).map((value) => ({ scheme: ENTRY.confidentialityCode, value })),
      ...byChapter(report.results).map(({ chapter }) => ({ scheme: ENTRY.eventCodeList, value: chapter })),
    ],
    identifiers: entryIdentifiers(document.id, context),
  });
}

/** Entry of the signature: fixed codes of the IHE DSG profile, hidden from everybody but the registry. */
function signatureEntry(signature: SubmittedSignature, context: Context): string {
  const { submission, report, config, time } = context;
  const urn = (code: string, label: string, system = 'URN'): Coded => ({ code, system, label });
  const hidden = '1.2.250.1.213.1.1.4.13';
  return extrinsicObject('text/xml', {
    id: SIGNATURE_ID,
    slots: [
      slot('creationTime', time(submission.at)),
      slot('languageCode', 'art'),
      slot('legalAuthenticator', xcn(report.biologist)),
      slot('serviceStartTime', utcTime(submission.at)),
      slot('serviceStopTime', utcTime(submission.at)),
      slot('sourcePatientId', patientCx(report.patient, config)),
      ...integrity(signature.bytes),
    ],
    title: 'Source',
    classifications: [
      ...authors(context, ENTRY.author).slice(0, 1),
      { scheme: ENTRY.classCode, value: urn('urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'Digital Signature') },
      { scheme: ENTRY.typeCode, value: urn('E1762', 'Full Document', 'ASTM') },
      { scheme: ENTRY.formatCode, value: urn('http://www.w3.org/2000/09/xmldsig#', 'Default Signature Style') },
      ...places(config),
      { scheme: ENTRY.confidentialityCode, value: NORMAL_CONFIDENTIALITY },
      { scheme: ENTRY.confidentialityCode, value: urn('MASQUE_PS', 'Masqué aux professionnels de santé', hidden) },
      { scheme: ENTRY.confidentialityCode, value: urn('INVISIBLE_PATIENT', 'Non visible par le patient', hidden) },
      { scheme: ENTRY.eventCodeList, value: urn('1.2.840.10065.1.12.1.14', 'Source', '1.2.840.10065.1.12') },
    ],
    identifiers: entryIdentifiers(signature.id, context),
  });
}

/** N3 or N1; the body of an N1 is a PDF, or the text of a letter. */
function formatOf(document: BuiltDocument, report: Report): Coded {
  if (document.kind !== 'cda-n1') return FORMAT['cda-n3'];
  if (report.letter?.mediaType !== 'text/plain') return FORMAT['cda-n1'];
  return { ...FORMAT['cda-n1'], code: 'urn:ihe:iti:xds-sd:text:2008', label: 'Document non structuré au format texte' };
}

function places(config: SglConfig): readonly Classified[] {
  return [
    { scheme: ENTRY.healthcareFacilityTypeCode, value: sector(config.laboratory.sector) },
    { scheme: ENTRY.practiceSettingCode, value: PRACTICE_SETTING },
  ];
}

function entryIdentifiers(uniqueId: string, { patient }: Context): readonly (readonly [string, string, string])[] {
  return [
    [ENTRY.patientId, 'XDSDocumentEntry.patientId', patient],
    [ENTRY.uniqueId, 'XDSDocumentEntry.uniqueId', uniqueId],
  ];
}

/** SHA-1 in hexadecimal and size in bytes, of exactly what is sent. */
function integrity(bytes: Uint8Array): readonly string[] {
  return [slot('hash', createHash('sha1').update(bytes).digest('hex')), slot('size', String(bytes.byteLength))];
}
