import type {
  IdentityDocument,
  IdentityFlag,
  IdentityStatus,
  InsiAuthentication,
  TraitName,
  Traits,
} from './identity-types.ts';
import type { MailReceipt } from './mail-types.ts';

/** What `readState` shows. */
export interface PatientState {
  readonly patientId: string;
  readonly traits: Traits;
  readonly status: IdentityStatus;
  /** 15 characters, absent when none is attached. */
  readonly ins?: string;
  readonly oid?: string;
  readonly history: readonly { readonly ins: string; readonly oid: string }[];
  readonly flags?: readonly IdentityFlag[];
  readonly document?: IdentityDocument;
  /** Traits that an ordinary user cannot change, and that the screen shows as such (rule 26). */
  readonly locked?: readonly TraitName[];
  /** Identifiers in other systems, as received in PID-3. */
  readonly identifiers?: readonly { readonly value: string; readonly authority: string }[];
  /** Number used for reimbursement, when the product keeps one beside the INS. */
  readonly socialSecurityNumber?: string;
}

/** An access to an identity or a change of it, as the product's journal shows it (rules 4, 16, 21, 31). */
export interface IdentityTrace {
  /** ISO 8601 with offset or Z. */
  readonly at: string;
  readonly user: string;
  readonly patientId: string;
  readonly kind: 'creation' | 'consultation' | 'modification' | 'changement-statut' | 'piece' | 'transmission';
  readonly detail: string;
  /** Status before and after, for `changement-statut`. */
  readonly from?: IdentityStatus;
  readonly to?: IdentityStatus;
  /** Who received the INS, for `transmission`. */
  readonly partner?: string;
}

/** Something that waits for a person: an identity or a piece of health data that was not integrated by itself (rule 55). */
export interface WorklistTask {
  readonly at: string;
  readonly kind: 'identite-a-verifier' | 'donnee-non-integree';
  readonly reason: string;
  readonly patientId?: string;
  /** Identifier of the message that brought it (MSH-10). */
  readonly messageId?: string;
}

export interface AccountState {
  readonly user: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly profession: string;
  /** 11 digits; absent while it was not found. */
  readonly rpps?: string;
  /** Last time that the number was looked up, ISO 8601. */
  readonly checkedAt?: string;
  /** When it will be looked up again, ISO 8601. */
  readonly nextCheckAt?: string;
  readonly structures?: readonly string[];
  readonly email?: string;
  readonly emailVerified?: boolean;
}

export interface InsiCallTrace {
  readonly at: string;
  readonly user: string;
  readonly patientId: string;
  readonly operation: string;
  readonly mode?: 'traits' | 'vitale' | 'verification' | 'verification-masse';
  readonly authentication?: InsiAuthentication;
  /** `00`, `01`, `02`, `OK`, `KO`, or the code of the fault. */
  readonly returned: string;
  readonly message: string;
  /** What a return 00 brought (rule 39). */
  readonly identity?: {
    readonly ins: string;
    readonly oid: string;
    readonly history: readonly { readonly ins: string; readonly oid: string }[];
    readonly traits: Partial<Traits>;
  };
}

export interface Transmission {
  /** `hl7`: one message to the hospital (DOC/va1.20). */
  readonly channel: 'dmp' | 'mssante-professionnel' | 'mssante-patient' | 'hl7';
  readonly recipient: string;
  readonly state: 'en-attente' | 'transmis' | 'refuse' | 'bloque';
  readonly detail: string;
  /** uniqueId of the documents carried, or Message-ID; for HL7, MSH-10 of the message and what it carries. */
  readonly references: readonly string[];
  /** What came back about a mail (MSS/va1.14). */
  readonly receipts?: readonly MailReceipt[];
}

export interface SessionState {
  readonly user: string;
  readonly nationalId: string;
  readonly name: string;
  readonly means: 'psc' | 'local';
  readonly since: string;
}
