/** What a correspondent of the bench sends; names and titles are in `incoming.json`. */
export type IncomingKind = 'document' | 'annule-et-remplace' | 'message' | 'fil' | 'reponse-patient' | 'fin' | 'erreur';

/** A mail to make and to drop in a mailbox of the bench. */
export interface IncomingOrder {
  readonly kind: IncomingKind;
  /** Key or INS of a test patient. */
  readonly patient: string;
  /** Mailbox of the bench; that of the laboratory when absent. */
  readonly to?: string;
  /**
   * Mailbox of a professional or of a structure of the bench; a professional who is not of the laboratory when absent.
   * A `reponse-patient` always comes from the address of the patient.
   */
  readonly from?: string;
  /** Of `incoming.json`; only those of the kind. */
  readonly variant?: string;
  /** Key or INS of the other patient: `deux-patients` and `objet-autre-patient` want one. */
  readonly otherPatient?: string;
  /**
   * Message-ID of the mails that it answers, oldest first (`<…@…>`), for `fil`, `reponse-patient`, `message`, `fin` and
   * `erreur`. A `fil` without them answers two mails of the bench that nobody saw.
   */
  readonly references?: readonly string[];
  /** Message-ID of the mail of kind `document` that an `annule-et-remplace` takes the place of. */
  readonly replaces?: string;
  /** Replaces the usual subject of a mail without archive. */
  readonly subject?: string;
  /** Replaces the usual words. */
  readonly text?: string;
  /** Asks for a read receipt; true for documents when absent, false for the others. */
  readonly receipt?: boolean;
  /** 900 to 906, of an `erreur`; 902 when absent. */
  readonly code?: string;
}

/** A mail made, not yet in its mailbox. */
export interface IncomingMail {
  readonly to: string;
  readonly from: string;
  /** `<…@…>` */
  readonly messageId: string;
  readonly source: Uint8Array;
}
