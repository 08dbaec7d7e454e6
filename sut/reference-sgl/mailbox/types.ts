/** What a mail is for the person who reads it. */
export type MailKind = 'message' | 'document' | 'accuse-reception' | 'accuse-lecture' | 'echec';

export interface ReceivedDocument {
  uniqueId: string;
  title?: string;
  state: 'integre' | 'a-rapprocher' | 'refuse' | 'deja-present';
  level?: 'N1' | 'N3';
  patientId?: string;
  reason?: string;
}

/** What came back about a mail sent. */
export interface MailReceipt {
  kind: 'reception' | 'lecture' | 'echec';
  recipient?: string;
  at: Date;
  detail: string;
}

/** A mail of one of our mailboxes, sent or received. */
export interface Mail {
  mailbox: string;
  messageId: string;
  direction: 'emis' | 'recu';
  kind: MailKind;
  /** As the screen shows it: a label, a patient's name. */
  from: string;
  /** To answer it. */
  address: string;
  to: string[];
  subject: string;
  text?: string;
  at: Date;
  about?: string;
  /** Header References, oldest first. */
  references: string[];
  sender?: 'professionnel' | 'patient' | 'operateur';
  patientId?: string;
  documents?: ReceivedDocument[];
  receipts: MailReceipt[];
  /** Its sender wants to know that a person read it, and was not told yet; with the header of the mail. */
  receiptAsked?: { head: Buffer };
  /** Its place in the mailbox of the operator. */
  uid?: { validity: number; uid: number };
}

/** A line of the functional journal (SC.MSS/CONF.17 and 18). */
export interface MailTrace {
  at: Date;
  author: string;
  action: 'connexion' | 'envoi' | 'consultation' | 'suppression' | 'deconnexion';
  mailbox: string;
  request: string;
  response: string;
  messageId?: string;
  partner?: string;
}
