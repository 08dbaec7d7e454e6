import type { Amounts, Cents } from '#dsr/money/index.ts';

export type RequestKind = 'avance' | 'solde';

/** What became of a file handed to the ASP; the words are those of its portal (asp-faq). */
export type DepositStatus =
  | 'preparee'
  | 'deposee'
  | 'validee'
  | 'a-modifier'
  | 'incomplete'
  | 'decidee-et-payee'
  /** The ASP may ask the money back: calendar not respected. */
  | 'risque-de-recouvrement';

export interface StatusChange {
  readonly status: DepositStatus;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
  /** Who recorded it. */
  readonly by: string;
  readonly note?: string;
}

/** One of the two files of a request: they are handed in apart, and one may pass while the other fails. */
export interface Deposit {
  /** Name without folder; empty, as its digest is, for a request handed in without Jalon. */
  readonly file: string;
  readonly sha256: string;
  /** Oldest first; never empty. */
  readonly history: readonly StatusChange[];
}

/** A request for payment of one order. */
export interface PaymentRequest {
  /** Ours: unique by instance, DSR and kind; amendments of an advance carry a rank. */
  readonly id: string;
  readonly kind: RequestKind;
  /** Number of the order. */
  readonly order: string;
  /** All-in amount asked for. */
  readonly requested: Cents;
  readonly layout: { readonly name: string; readonly version: string; readonly proposed: boolean };
  readonly json: Deposit;
  readonly zip?: Deposit;
  /** Number that the ASP gave. */
  readonly aspReference?: string;
  /** Id of the request that it amends. */
  readonly amends?: string;
  /** Number of the amendment that it asks for. */
  readonly amendment?: string;
  /** 1 for the first request, then one more by amendment. */
  readonly rank?: number;
  /** Instance and DSR of the order: there is one advance and one balance for both together. */
  readonly instance?: string;
  readonly dsrCode?: string;
  readonly couloir?: string;
  readonly wave?: string;
  /** FINESS (ET) of the sites counted in that instance. */
  readonly sites?: readonly string[];
  /** Pre-tax amount asked for. */
  readonly requestedHt?: Cents;
  /** Amounts of the order of which a part was asked for. */
  readonly total?: Amounts;
  /** Handed in without Jalon, and told to it afterwards: it has no files of ours. */
  readonly entered?: true;
}
