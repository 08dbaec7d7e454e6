/**
 * The nouns of the reference laboratory system. It stands for a vendor's product: nothing here is shared with the
 * bench, even where the bench has a noun of the same meaning.
 */
export type IdentityStatus = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee';
export type IdentityDocument = 'carte-identite' | 'passeport' | 'titre-sejour' | 'carte-vitale' | 'aucun';

/** Attribute set by hand on an identity that nothing may be asked about (rule 25). */
export type IdentityFlag = 'douteuse' | 'fictive';

/**
 * What vouches that the person is who the identity says, besides INSi: a document seen here, the identity repository of
 * our own domain, or a partner bound by a contract of trust (rule 30).
 */
export type IdentityProof = 'aucune' | 'piece' | 'domaine' | 'contrat';

/** Whether this system decides identities or receives them from the repository of its domain. */
export type IdentityRole = 'referentiel' | 'esclave';

/** How a call of INSi says who asks. */
export type InsiAuthentication = 'cpx' | 'organisation' | 'psc';

export interface Traits {
  birthName: string;
  firstNames: string[];
  sex: 'M' | 'F';
  /** `YYYY-MM-DD`. */
  birthDate: string;
  /** COG code; 99999 when it is not known (rule 5), which never leaves to INSi. */
  birthPlace?: string;
  usedName?: string;
  usedFirstName?: string;
}

export interface Ins {
  /** 13 characters + 2 of key. */
  matricule: string;
  oid: string;
}

/** Who must not see a document in the shared record. */
export interface Confidentiality {
  hiddenFromProfessionals?: boolean;
  hiddenFromPatient?: boolean;
  hiddenFromLegalRepresentatives?: boolean;
  /** Said by the VIHF when the record is fed, not by the metadata. */
  secretConnection?: boolean;
}

export type Audience = 'professionnel' | 'patient';

export interface Patient {
  id: string;
  /** Local identifier (IPP). */
  localId: string;
  traits: Traits;
  /** As they were typed at first, when somebody typed them. */
  typed?: Traits;
  status: IdentityStatus;
  document: IdentityDocument;
  proof: IdentityProof;
  flags: IdentityFlag[];
  ins?: Ins;
  insHistory: Ins[];
  /** Identifiers in other systems, as their messages gave them. */
  identifiers: ForeignIdentifier[];
  /** Identity into which a merge moved this one: it is no longer used. */
  mergedInto?: string;
  deceased?: boolean;
  createdAt: Date;
}

/** An identifier and the OID of who gave it (PID-3.1 and PID-3.4.2). */
export interface ForeignIdentifier {
  value: string;
  authority: string;
}

export interface Professional {
  /** PS_IdNat, `8` + RPPS. */
  nationalId: string;
  lastName: string;
  firstName: string;
  title?: string;
  profession?: string;
  speciality?: string;
  mailbox?: string;
  /** Name of the account, when it is not the national identifier. */
  user?: string;
}

export interface Result {
  loinc: string;
  label: string;
  value: number;
  unit: string;
  low?: number;
  high?: number;
  /** Covered by the accreditation of the laboratory. */
  accredited?: boolean;
  /** Validated by an automatic process, and reviewed by no biologist since. */
  withoutReview?: boolean;
  /** Laboratory that made it for this one. */
  performedBy?: Subcontractor;
}

/** A laboratory to which this one gives examinations. */
export interface Subcontractor {
  name: string;
  /** FINESS of the geographic entity. */
  finess: string;
  phone: string;
  /** Who validated there. */
  biologist: { lastName: string; firstName: string; nationalId: string };
}

/** Texts of the reports that users set; what the laboratory prints by default when absent. */
export interface ReportTexts {
  /** What patients are told of their data. */
  privacy?: string;
  /** Said of a report that holds results nobody reviewed. */
  automaticValidation?: string;
}

export interface Report {
  id: string;
  patient: Patient;
  title: string;
  requestId: string;
  results: Result[];
  prescriber?: Professional;
  /** Author of the report and who answers for it. */
  biologist: Professional;
  /** Who acts on the DMP; the author unless told otherwise. */
  operator?: Professional;
  /** The author is no longer in the RPPS: the laboratory stands beside him as an author (RG_2230). */
  authorGone?: boolean;
  status?: 'complet' | 'partiel';
  confidentiality?: Confidentiality;
  /** One document for professionals, another for the patient (DOC/va1.36). */
  split?: boolean;
  texts?: ReportTexts;
  /** uniqueId of the documents that a new version replaces, by {@link documentKey}. */
  replaces?: Readonly<Record<string, string>>;
  /** A document received, which is no report of ours: its own type and its content. */
  letter?: { typeCode: string; mediaType: string };
  recipients: { professionals: string[]; patient: boolean; dmp: boolean };
  sampledAt: Date;
  receivedAt: Date;
  validatedAt: Date;
  version: number;
  setId: string;
}

export interface BuiltDocument {
  kind: 'cda-n3' | 'cda-n1' | 'pdf';
  /** OID for a CDA (uniqueId), file name for the PDF. */
  id: string;
  fileName: string;
  mediaType: string;
  bytes: Uint8Array;
  audience?: Audience;
  confidentiality?: Confidentiality;
  /** uniqueId of the document whose place it takes. */
  replaces?: string;
}

export type TransmissionState = 'en-attente' | 'transmis' | 'refuse' | 'bloque';

export interface Transmission {
  id: string;
  reportId: string;
  channel: 'dmp' | 'mssante-professionnel' | 'mssante-patient';
  recipient: string;
  state: TransmissionState;
  /** French sentence for the user: reply code, error label. */
  detail: string;
  references: string[];
  at: Date;
}

export interface TlsIdentity {
  /** Paths of PEM files. */
  cert: string;
  key: string;
}

/** Read from the JSON file given with `--config`; every address is the vendor's choice, none is guessed. */
export interface SglConfig {
  host: string;
  port: number;
  product: { name: string; version: string; editor: string };
  /** Names of the faults switched on, see `faults/`. */
  faults: string[];
  /** PEM file of the authorities to trust. */
  ca: string;
  laboratory: {
    /** Struct_IdNat. */
    id: string;
    finess: string;
    name: string;
    sector: string;
    addressLine: string;
    postalCode: string;
    city: string;
    phone: string;
    mailbox: string;
  };
  biologist: Professional;
  /** Root OID under which the laboratory numbers its documents. */
  oidRoot: string;
  /** OID of our identification domain: who numbers `localId`. The root and `.5` unless told otherwise. */
  identityDomain?: string;
  insi: {
    url: string;
    idam: string;
    instance: string;
    /** CPS card of a professional (a bench hands it over as files); without it, no call in CPx mode. */
    cpx?: TlsIdentity;
    /** Address for the calls in CPx mode; `url` unless told otherwise. */
    cpxUrl?: string;
    /** Names of the verification operations, where they differ from `insi/operations.json`. */
    operations?: Partial<Record<'verification' | 'verification-masse', string>>;
  } & TlsIdentity;
  dmp: {
    base: string;
    homologation: string;
    sign: TlsIdentity;
    webPs: string;
    /** Value of the attribute that says a secret connection: no public source gives it. */
    secretConnection?: string;
  } & TlsIdentity;
  psc: {
    issuer: string;
    discovery: string;
    clientId: string;
    clientSecret: string;
    /** Return address declared to PSC; `{base}/connexion/psc/retour` unless told otherwise. */
    redirectUri?: string;
    /** Opens an account to a professional whom nobody declared; false unless told otherwise. */
    autoProvision?: boolean;
  };
  mssante: {
    /** STARTTLS on `port`; TLS from the first byte on `tlsPort`, which only a fault uses. */
    smtp: { host: string; port: number; tlsPort?: number };
    imap: { host: string; port: number; tlsPort?: number };
    user: string;
    password: string;
    nil: string;
    /** Domain of the patients' mailboxes; `patient.mssante.fr` unless told otherwise. */
    patientDomain?: string;
    /** The other mailboxes of the laboratory and of its users; `owner` is the national identifier of a person. */
    others?: { address: string; kind: 'PER' | 'ORG' | 'APP'; user: string; password: string; owner?: string }[];
    /** Certificates that are not to be used here (the seal: it signs documents): only the faults named after them do. */
    former?: Partial<Record<'expired' | 'revoked' | 'foreign' | 'seal', TlsIdentity>>;
    /** TLS 1.2 and no other unless told otherwise (SC.MSS/CONF.01 and 02). */
    tls?: '1.2' | '1.2-ou-plus';
    /** Largest mail that the operator takes, bytes; 10 MiB unless told otherwise. */
    maxBytes?: number;
  } & TlsIdentity;
  annuaire: {
    fhir: string;
    extraction: string;
    apiKey: string;
    /** Header names of the extraction, where they differ from `directory/columns.ts`. */
    columns?: Readonly<Record<string, string>>;
  };
  /** Professionals who may log in, besides the biologist. */
  accounts?: Professional[];
  /** Login without Pro Santé Connect from the local machine; true unless told otherwise. */
  localLogin?: boolean;
  /** Documents that make an identity trustworthy (rule 19 makes it a setting). */
  strongDocuments?: IdentityDocument[];
  /** HL7 v2: where our messages go, and where those of others arrive (a free port of `host` unless told otherwise). */
  hl7?: {
    /** `application` and `facility` are MSH-5 and MSH-6. */
    partner?: { host: string; port: number; application?: string; facility?: string };
    listen?: { host: string; port: number };
  };
  /** Longest wait for one answer of a national service; 15 000 unless told otherwise. */
  timeoutMs?: number;
  /** Waits before each new try of a transmission that failed for a passing reason. */
  retryDelaysMs?: number[];
}
