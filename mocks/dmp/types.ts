/** State of the shared record of one patient. */
export type DmpStatus =
  /** Opened: feeding and reading are possible. */
  | 'actif'
  /** Never opened, or the INS is not known. */
  | 'inexistant'
  /** Closed by its holder: existence test answers `terminated`, feeding is refused. */
  | 'ferme';

/** A document that the registry holds. Signature objects are kept apart and are not shown here. */
export interface StoredDocument {
  /** OID, no extension. */
  readonly uniqueId: string;
  /** `urn:uuid:…`, of this version of the metadata. */
  readonly entryUUID: string;
  /** `urn:uuid:…`, the same for all versions of the metadata. */
  readonly lid: string;
  readonly status: 'Approved' | 'Deprecated';
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
  /** @param ins 15 characters; `inexistant` when the INS belongs to nobody */
  status(ins: string): DmpStatus;
  /** Holds until the reset of the service. */
  setStatus(ins: string, status: DmpStatus): void;
}

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
