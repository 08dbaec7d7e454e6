/** A line of the product's journal about MSSanté. */
export interface MailTraceShown {
  /** ISO 8601. */
  readonly at: string;
  readonly author: string;
  readonly action: string;
  readonly request: string;
  readonly response: string;
  readonly messageId?: string;
}

/** What the bench saw the product do. */
export interface SeenAction {
  readonly action: 'connexion' | 'envoi' | 'consultation' | 'suppression';
  /** ISO 8601 UTC. */
  readonly at: string;
  /** With its angle brackets. */
  readonly messageId?: string;
  /** Reply code of the operator when it refused, e.g. `550`. */
  readonly refusal?: string;
}

/** What came back about a mail, as the product shows it. */
export interface ReceiptShown {
  readonly kind: 'reception' | 'lecture' | 'echec';
  readonly detail: string;
}

/** A document received, as the product shows it. */
export interface DocumentShown {
  readonly uniqueId: string;
  readonly state: 'integre' | 'a-rapprocher' | 'refuse' | 'deja-present';
  readonly patientId?: string;
}
