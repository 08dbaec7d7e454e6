import type { CivilDate } from '#dsr/dates/index.ts';
import type { Amounts } from '#dsr/money/index.ts';

/** Whoever orders and signs: a legal person, a health establishment, or a professional. */
export interface Client {
  readonly name: string;
  /** 14 digits. */
  readonly siret: string;
  /** 9 characters, of the legal entity (EJ). */
  readonly finess?: string;
  /** 11 digits, when the client is a professional. */
  readonly rpps?: string;
}

/** A geographic site: counted in one instance at most (deck 001). */
export interface Site {
  /** 9 characters, of the geographic entity (ET). */
  readonly finess: string;
  readonly name?: string;
}

/** How the client signed, as the ASP accepts it (asp-faq). */
export type SignatureKind = 'manuscrite' | 'cpx' | 'pro-sante-connect' | 'rgs' | 'autre';

export type AttachmentKind = 'quote' | 'order' | 'invoice' | 'va' | 'mom' | 'other';

/** A file that goes with an order; its bytes stay where the vendor keeps them. */
export interface Attachment {
  readonly kind: AttachmentKind;
  /** Path as the vendor gave it, relative to the file that names it. */
  readonly path: string;
  /** Whether the document carries the signature that it needs. */
  readonly signed: boolean;
}

/** A change of an order whose advance was asked for: the balance waits until the last one is decided and paid. */
export interface Amendment {
  readonly number: string;
  readonly signedOn?: CivilDate;
  readonly status: 'a-deposer' | 'deposee' | 'decidee-et-payee' | 'abandonnee';
  /** New amounts of the order, when they change. */
  readonly amounts?: Amounts;
}

/** End of the service: acceptance (VA) or start of use (MOM), signed by the client. */
export interface Acceptance {
  readonly kind: 'VA' | 'MOM';
  readonly signedOn?: CivilDate;
  readonly serviceDoneOn?: CivilDate;
  readonly reserves: 'aucune' | 'non-bloquantes' | 'bloquantes';
  /** Address of MSSanté in use at the client. */
  readonly mssanteAddress?: string;
  /** MS1 and MS2 programmes only: « Cas 1 » or « Cas 2 » as the VA says. */
  readonly mssDeployment?: 'Cas 1' | 'Cas 2';
}

export interface Invoice {
  readonly number: string;
  readonly issuedOn?: CivilDate;
  readonly amounts: Amounts;
  /** Whether it says what the State bears under Ségur. */
  readonly stateMention: boolean;
}

/** A purchase order of a client (BDC). The band of the scale is computed, never kept. */
export interface Order {
  /** Number that the vendor gave it; unique among his orders. */
  readonly number: string;
  readonly client: Client;
  /** Couloir of the DSR: `SGL`, `LOINC`… */
  readonly couloir: string;
  readonly wave: '1' | '2';
  /** Instance in production; one advance and one balance by instance and DSR. */
  readonly instance: string;
  readonly sites: readonly Site[];
  readonly product: { readonly name: string; readonly version: string };
  readonly amounts: Amounts;
  readonly signedOn?: CivilDate;
  readonly signature?: SignatureKind;
  /** Whether it says that it is firm only if the complete file is sent within 120 days and referencing follows. */
  readonly conditionalMention: boolean;
  /** Whether it shows the amount that the State bears under Ségur. */
  readonly stateMention: boolean;
  /** Date of service announced firmly to the client (rule of 2023), and when he was told. */
  readonly firmServiceDate?: { readonly date: CivilDate; readonly announcedOn?: CivilDate };
  /** When the vendor told the ASP that the service is done, where the balance could not be asked for in time. */
  readonly completionNotifiedOn?: CivilDate;
  readonly amendments: readonly Amendment[];
  /** Indicator of MSS deployment declared in the request of balance (MS1 and MS2); that of the VA when absent. */
  readonly mssDeployment?: 'Cas 1' | 'Cas 2';
  readonly acceptance?: Acceptance;
  readonly invoice?: Invoice;
  readonly attachments: readonly Attachment[];
}

/** Dates of the file of a product for one couloir and wave, on which the window of its orders depends. */
export interface ReferencingDates {
  /** When the vendor sent the file of proofs. */
  readonly sentOn?: CivilDate;
  /** From when the ANS deems the file complete: what counts. */
  readonly deemedCompleteOn?: CivilDate;
  readonly referencedOn?: CivilDate;
  /** Last day of the period that receives requests of advance. */
  readonly advancePeriodEndsOn?: CivilDate;
}

/** One product of the vendor under one DSR. */
export interface VendorProduct extends ReferencingDates {
  readonly name: string;
  readonly version: string;
  readonly couloir: string;
  readonly wave: '1' | '2';
  /** Code of the DSR, e.g. `SGL-VA1`. */
  readonly dsrCode: string;
  /** Reference given by the platform of referencing. */
  readonly ansReference?: string;
}

/** Who sells: what the requests for payment and the window need beside the orders. */
export interface Vendor {
  readonly name: string;
  readonly siret: string;
  readonly products: readonly VendorProduct[];
}
