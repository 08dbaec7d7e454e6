import type { IdentityDocument, IdentityRole, IdentityStatus, Traits } from './identity-types.ts';

/** How the product is set, scenario by scenario; what is absent is left as it is. */
export interface Settings {
  readonly identityRole?: IdentityRole;
  /** Identification domains (OID of PID-3.4) with which a trust contract was made (rule 30). */
  readonly trustedDomains?: readonly string[];
  /** Whether the structure takes care of the patients directly; the exception of rule 30 is for those that do not. */
  readonly directCare?: boolean;
  /** Whether a document of high confidence validates an identity by itself (rule 19). */
  readonly automaticValidation?: boolean;
  /** Documents of high confidence. */
  readonly strongDocuments?: readonly IdentityDocument[];
  /** One report for everybody, or one for professionals and one for the patient (DOC/va1.36). */
  readonly reportVersions?: 'unique' | 'professionnelle-et-patient';
  /** Texts of the reports that users set; what the product prints by default where one is absent. */
  readonly reportTexts?: {
    /** What patients are told of their data (DOC/va1.03, DOC/va1.05). */
    readonly privacy?: string;
    /** Said of a report that holds results nobody reviewed (DOC/va1.18). */
    readonly automaticValidation?: string;
  };
  /** Most transactions in a second when the DMP is fed with documents of the past (SC.DMP/HISTO.06). */
  readonly dmpHistoryRate?: number;
  /** Reports leave by themselves at validation, or when a person chooses so, in hospital (MSS/va1.21, MSS/va1.33). */
  readonly mailSending?: 'automatique' | 'manuel';
  /** Return addresses, often of another mailbox than the one that sends (MSS/va1.18). */
  readonly mailReplyTo?: { readonly professionals?: string; readonly patients?: string };
  /** Whether patients may answer the mails that are sent to them (SC.MSS/CONF.21). */
  readonly patientReplies?: boolean;
  /** Mailbox that reports are sent from (MSS/va1.09). */
  readonly mailSender?: 'organisationnelle' | 'applicative';
  /**
   * In a hospital, reports may leave as HL7 v2 messages that carry the CDA, towards the record or the platform which feeds the
   * DMP and writes the mails (DOC/va1.20): of which kind. `directe`: the product does both by itself.
   */
  readonly reportRoute?: 'directe' | 'hl7-oru' | 'hl7-oul' | 'hl7-mdm';
  /** Hours between two automatic loads of the directory (ANN/va1.04). */
  readonly directoryEveryHours?: number;
}

/** Criteria of the search in the product's own base (rule 17); at least one. */
export interface PatientCriteria {
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** First characters of the birth name or of the used name. */
  readonly nameStart?: string;
  /** First characters of a given name, birth or used. */
  readonly firstNameStart?: string;
  /** 15 characters, or its 13 first ones. */
  readonly ins?: string;
  /** Identifier given by another system, as in PID-3. */
  readonly identifier?: { readonly value: string; readonly authority: string };
}

export interface PatientSummary {
  readonly patientId: string;
  readonly traits: Traits;
  readonly status: IdentityStatus;
  readonly ins?: string;
}
