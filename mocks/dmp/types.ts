import type { Deposit } from './deposit/types.ts';

/** State of the shared record of one patient. */
export type DmpStatus =
  /** Opened: feeding and reading are possible. */
  | 'actif'
  /** Never opened, or the INS is not known. */
  | 'inexistant'
  /** Closed by its holder: existence test answers `terminated`, feeding is refused. */
  | 'ferme';

/** `Deprecated`: replaced by another document, or by a later version of its metadata. `Deleted` is never shown to anybody. */
export type DocumentStatus = 'Approved' | 'Deprecated' | 'Archived' | 'Deleted';

/** A document that the registry holds. Signature objects are kept apart and are not shown here. */
export interface StoredDocument {
  /** OID, no extension. */
  readonly uniqueId: string;
  /** `urn:uuid:…`, of this version of the metadata. */
  readonly entryUUID: string;
  /** `urn:uuid:…`, the same for all versions of the metadata. */
  readonly lid: string;
  readonly status: DocumentStatus;
  /** Version of the metadata, from 1 (`VersionInfo/@versionName`). */
  readonly metadataVersion: number;
  /** `setId/@root` of the CDA, or its `root^extension`; absent when the document has none. */
  readonly setId?: string;
  /** `versionNumber` of the CDA. */
  readonly versionNumber?: number;
  /** uniqueId of the document that this one replaced. */
  readonly replaces?: string;
  readonly ins: string;
  readonly classCode: string;
  readonly typeCode: string;
  readonly formatCode: string;
  readonly mimeType: string;
  readonly title: string;
  /** `yyyyMMddHHmmss`, UTC, of the submission set. */
  readonly submissionTime: string;
  /** SHA-1 of the bytes, lower-case hexadecimal. */
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
  /** Read each time it is asked: a large one is kept on disk only. */
  readonly bytes: Uint8Array;
  /** Codes, in the order sent. */
  readonly confidentiality: readonly string[];
}

/** What the steps may see and set of the registry. */
export interface DmpRegistry {
  /**
   * Documents of a patient, oldest first, replaced ones included (status Deprecated).
   * @param ins 15 characters
   */
  documents(ins: string): readonly StoredDocument[];
  /**
   * The successive versions of a document, oldest first: it and those it replaced or was replaced by.
   * @param uniqueId of any of them
   */
  versions(uniqueId: string): readonly StoredDocument[];
  /**
   * What the metadata of one document were, oldest first (masked, shown to the patient, archived…); the last one holds.
   * @param uniqueId OID
   */
  metadataHistory(uniqueId: string): readonly StoredDocument[];
  /**
   * Puts a document of another actor in the record, as if it had been there before the product came.
   * @returns the document as the registry holds it
   */
  deposit(deposit: Deposit): StoredDocument;
  /** @param ins 15 characters; `inexistant` when the INS belongs to nobody */
  status(ins: string): DmpStatus;
  /** Holds until the reset of the service. */
  setStatus(ins: string, status: DmpStatus): void;
  /** PS_IdNat of the treating doctor that the record knows. */
  treatingDoctor(ins: string): string | undefined;
  /** @param nationalId PS_IdNat; undefined: nobody any more */
  setTreatingDoctor(ins: string, nationalId: string | undefined): void;
  /** Why this professional may not read the record, when the patient refuses it. */
  refusal(ins: string, nationalId: string): AccessRefusal | undefined;
  /** @param nationalId PS_IdNat of the professional that the patient blocks or lets in again */
  setBlocked(ins: string, nationalId: string, blocked: boolean): void;
  /** The patient is opposed to any reading of the record. */
  setOpposed(ins: string, opposed: boolean): void;
  /** The patient is opposed to readings in urgency (`bris_de_glace`, `centre_15`). */
  setUrgencyOpposed(ins: string, opposed: boolean): void;
  /** @param nationalId PS_IdNat */
  authorisation(ins: string, nationalId: string): AuthorisationState;
  /** As if the patient had authorised this professional now, or more than six months ago, or never, or blocked them. */
  setAuthorisation(ins: string, nationalId: string, state: AuthorisationState): void;
  /** Who may read the record, and who is blocked: what TD1.6 lists. */
  authorisations(ins: string): readonly Authorisation[];
  /** Whether the DMP knows that this professional works in that structure; known until a step says otherwise. */
  setLinked(nationalId: string, structure: string, linked: boolean): void;
}

/** What the DMP holds of the right of one professional to read one record. */
export type AuthorisationState = 'aucune' | 'valide' | 'expiree' | 'bloquee';

/** One professional whom a patient authorised or blocked. */
export interface Authorisation {
  /** PS_IdNat. */
  readonly nationalId: string;
  readonly mode: 'ACTIVE' | 'INTERDITE';
  /** As the VIHF of TD0.3 wrote it; absent when a step authorised or blocked. */
  readonly name?: string;
  readonly speciality?: string;
  readonly since: Date;
  readonly lastAction: Date;
}

/** Why a professional may not read a record. */
export type AccessRefusal =
  /** The patient blocked this professional. */
  | 'bloque'
  /** The patient is opposed to consultation by anybody. */
  | 'oppose';

/** One error or warning of a RegistryErrorList. Source: protocols.md §2.9. */
export interface RegistryProblem {
  readonly code: string;
  /** French sentence: codeContext. */
  readonly context: string;
  /** Object of the message it is about: `Document01`, `SubmissionSet01`… */
  readonly location: string;
}

/** A SOAP fault of the DMP, before it is written. */
export interface DmpFault {
  readonly side: 'Sender' | 'Receiver' | 'VersionMismatch' | 'MustUnderstand';
  readonly subcode?: string;
  /** Namespaces of the prefix that the subcode uses, when it is not the SOAP one. */
  readonly subcodeNamespaces?: Readonly<Record<string, string>>;
  readonly text: string;
  /** Raw XML. */
  readonly detail?: string;
}
