/** Nouns of secure mail (MSSanté) and of the directory, as the product shows them to its users. */

/** What a mail is for the person who reads it. */
export type MailKind =
  /** Written by a person. */
  | 'message'
  /** Carries health documents (IHE_XDM.ZIP). */
  | 'document'
  /** Delivery report (RFC 3464), success. */
  | 'accuse-reception'
  /** Read report (RFC 8098). */
  | 'accuse-lecture'
  /** Delivery failure, whatever its form. */
  | 'echec';

/** A document that came by mail, and what the product did with it. */
export interface ReceivedDocument {
  /** uniqueId, as METADATA.XML gives it. */
  readonly uniqueId: string;
  readonly title?: string;
  readonly state: 'integre' | 'a-rapprocher' | 'refuse' | 'deja-present';
  /** What was kept of it: `N1` a page to read, `N3` its coded content too. */
  readonly level?: 'N1' | 'N3';
  /** Patient of the product into whose file it went. */
  readonly patientId?: string;
  /** Why it was not integrated. */
  readonly reason?: string;
}

/** What came back about a mail sent. */
export interface MailReceipt {
  readonly kind: 'reception' | 'lecture' | 'echec';
  readonly recipient?: string;
  /** ISO 8601 with offset or Z. */
  readonly at: string;
  /** As the screen shows it: the reason of a failure is in it. */
  readonly detail: string;
}

/** A mail sent or received, as the screen lists it. */
export interface MailState {
  readonly messageId: string;
  readonly direction: 'emis' | 'recu';
  readonly kind: MailKind;
  /** Sender as the screen shows it: a label, a patient's name. */
  readonly from: string;
  readonly to: readonly string[];
  /** As the screen shows it. */
  readonly subject: string;
  readonly text?: string;
  /** ISO 8601 with offset or Z. */
  readonly at: string;
  /** Message-ID of the mail that this one answers or reports about. */
  readonly about?: string;
  /** Who wrote it, for a mail received. */
  readonly sender?: 'professionnel' | 'patient' | 'operateur';
  /** Patient concerned, when the product recognised one. */
  readonly patientId?: string;
  readonly documents?: readonly ReceivedDocument[];
  /** What came back, for a mail sent. */
  readonly receipts?: readonly MailReceipt[];
}

/** A line of the functional journal about MSSanté (SC.MSS/CONF.17, SC.MSS/CONF.18). */
export interface MailTrace {
  /** Local time of the workstation, ISO 8601 with offset. */
  readonly at: string;
  /** Identifier of the authenticated author. */
  readonly author: string;
  readonly action: 'connexion' | 'envoi' | 'consultation' | 'suppression' | 'deconnexion';
  readonly mailbox: string;
  /** What was asked of the mail server. */
  readonly request: string;
  /** What it answered, failures included. */
  readonly response: string;
  readonly messageId?: string;
  /** With whom data were exchanged. */
  readonly partner?: string;
}

/** A professional who follows a patient. */
export interface Correspondent {
  readonly correspondentId: string;
  /** 11 digits; absent while it is not taken from the directory. */
  readonly rpps?: string;
  readonly lastName: string;
  readonly firstName: string;
  /** G15 code. */
  readonly profession?: string;
  readonly structure?: string;
  /** MSSanté address. */
  readonly mailbox?: string;
  /** Taken from the directory at this time, ISO 8601. */
  readonly checkedAt?: string;
  /** The directory says that this professional no longer practises. */
  readonly gone?: boolean;
}

/** How the product keeps its copy of the directory up to date (ANN/va1.04). */
export interface DirectoryState {
  /** Hours between two automatic loads. */
  readonly everyHours: number;
  /** ISO 8601; absent when none was made. */
  readonly lastImport?: string;
  /** ISO 8601. */
  readonly nextImport?: string;
  readonly professionals: number;
}
