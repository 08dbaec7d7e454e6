/**
 * Names of the DMP and of the IHE profiles it speaks: namespaces, actions, OIDs, ebRIM identifiers.
 * Source: protocols.md §0.1, §2.1, §2.2, §2.5 (marked safe to hard-code in annex B.4).
 */
export const BASE_PATH = '/si-dmp-server/v2/services';

export const HL7V3 = 'urn:hl7-org:v3';
export const HABILITATIONS = 'urn:si-dmp-habilitations';
export const PATIENTS = 'urn:si-dmp-patients';
export const XDSB = 'urn:ihe:iti:xds-b:2007';
export const RS = 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0';
export const RIM = 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0';
export const LCM = 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0';
export const QUERY = 'urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0';
export const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

export const ACTIONS = {
  existence: 'urn:hl7-org:v3:PRPA_IN201307UV02',
  existenceAnswer: 'urn:hl7-org:v3:PRPA_IN201308UV02',
  authorisation: 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization',
  authorisationAnswer: 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorizationResponse',
  authorisationList: 'urn:si-dmp-habilitations:HabilitationsEndPoint:listAuthorizationByPatient',
  authorisationListAnswer: 'urn:si-dmp-habilitations:HabilitationsEndPoint:listAuthorizationByPatientResponse',
  patientList: 'urn:si-dmp-patients:PatientSpecificEndPoint:patientList',
  patientListAnswer: 'urn:si-dmp-patients:PatientSpecificEndPoint:patientListResponse',
  patientSearch: 'urn:hl7-org:v3:PRPA_IN201305UV02',
  patientSearchAnswer: 'urn:hl7-org:v3:PRPA_IN201306UV02',
  provide: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b',
  provideAnswer: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse',
  query: 'urn:ihe:iti:2007:RegistryStoredQuery',
  queryAnswer: 'urn:ihe:iti:2007:RegistryStoredQueryResponse',
  retrieve: 'urn:ihe:iti:2007:RetrieveDocumentSet',
  retrieveAnswer: 'urn:ihe:iti:2007:RetrieveDocumentSetResponse',
  update: 'urn:ihe:iti:2010:UpdateDocumentSet',
  updateAnswer: 'urn:ihe:iti:2010:UpdateDocumentSet-Response',
} as const;

export const QUERIES = {
  findDocuments: 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d',
  findSubmissionSets: 'urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9',
  getDocuments: 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4',
  getAssociations: 'urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155',
  findDocumentsByReferenceId: 'urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492',
} as const;

export const RESPONSE_STATUS = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:';
export const ERROR_SEVERITY = 'urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:';
/** Availability of a document, by its short name. */
export const STATUSES = {
  Approved: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
  Deprecated: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated',
  Archived: 'urn:asip:ci-sis:2010:StatusType:Archived',
  Deleted: 'urn:asip:ci-sis:2010:StatusType:Deleted',
} as const;

export const ASSOCIATIONS = {
  hasMember: 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember',
  signs: 'urn:ihe:iti:2007:AssociationType:signs',
  replaces: 'urn:ihe:iti:2007:AssociationType:RPLC',
  updatesStatus: 'urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus',
} as const;

/** Format of the signature object of a submission set. */
export const SIGNATURE_FORMAT = 'http://www.w3.org/2000/09/xmldsig#';

export const OIDS = {
  /** Device and custodian id of the DMP. */
  device: '1.2.250.1.213.4.1.1.1',
  repository: '1.2.250.1.213.4.1.1.1.2',
  /** INS-C, which the existence test still gives. */
  computedIns: '1.2.250.1.213.1.4.2',
  professional: '1.2.250.1.71.4.2.1',
  structure: '1.2.250.1.71.4.2.2',
  sector: '1.2.250.1.71.4.2.4',
  profession: '1.2.250.1.71.1.2.7',
  speciality: '1.2.250.1.71.4.2.5',
  authorSpecialty: '1.2.250.1.213.1.1.4.5',
  roleOfOthers: '1.2.250.1.213.1.1.4.6',
  classCode: '1.2.250.1.213.1.1.4.1',
  localTypeCode: '1.2.250.1.213.1.1.4.12',
  loinc: '2.16.840.1.113883.6.1',
  practiceSetting: '1.2.250.1.213.1.1.4.9',
  confidentiality: '2.16.840.1.113883.5.25',
  frenchConfidentiality: '1.2.250.1.213.1.1.4.13',
  contentType: '1.2.250.1.213.2.2',
} as const;
