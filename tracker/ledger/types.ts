import type { Deadline } from '#dsr/dates/index.ts';
import type { Cents } from '#dsr/money/index.ts';
import type { PaymentRequest, RequestKind } from '../asp/types.ts';
import type { Order } from '../orders/types.ts';

/** Dates that an order must keep; absent: not known, and then not judged. */
export interface OrderDeadlines {
  readonly advance?: Deadline;
  /** Until when the client is told his firm date of service (2023 rule). */
  readonly firmDate?: Deadline;
  readonly service?: Deadline;
  readonly balance?: Deadline;
  /** Whether, by the date of service, the balance is asked for or the completion notified. */
  readonly noticeDue: boolean;
}

/** An order with what is known around it. */
export interface LedgerOrder {
  readonly order: Order;
  /** Its requests for payment, oldest first. */
  readonly requests: readonly PaymentRequest[];
  readonly deadlines: OrderDeadlines;
  /** What the 120-day window says; absent when it cannot be told. */
  readonly window?: 'eligible' | 'not-eligible' | 'pending';
  /** Share of the advance in ten-thousandths; 30 % when absent. */
  readonly advanceShare?: number;
}

/** Where money stands; each cent of an order is in one of them. */
export type Bucket =
  /** Not handed in to the ASP. */
  | 'toRequest'
  /** Handed in, not paid. Negative where an amendment lowered what was paid. */
  | 'requested'
  | 'paid';

/** Some money of one order: the smallest thing that the view adds up. */
export interface Slice {
  readonly order: string;
  readonly kind: RequestKind;
  readonly bucket: Bucket;
  readonly amount: Cents;
  /** `2023-12`: when it was paid, when it was handed in, or until when it may be asked for; absent when not known. */
  readonly month?: string;
}

export type RiskCode =
  | 'not-signed'
  /** Signed too early or too late: the window does not cover it. */
  | 'window'
  | 'advance-late'
  | 'firm-date-missing'
  | 'firm-date-late'
  | 'firm-date-beyond-service'
  | 'service-late'
  | 'notice-missing'
  | 'notice-late'
  | 'balance-late'
  | 'amendment-open'
  | 'request-to-modify'
  | 'request-incomplete'
  | 'recovery';

/** A reason for which money may not come, or may be asked back. */
export interface Risk {
  readonly code: RiskCode;
  /** Parts of the order that it endangers. */
  readonly kinds: readonly RequestKind[];
  /** French sentences: what is wrong, what to do. */
  readonly message: string;
  readonly remedy: string;
}

/** Amounts are all-in (TTC). `expected` is `toRequest` + `requested` + `paid`; `atRisk` is a part of it. */
export interface Figures {
  readonly orders: number;
  readonly expected: Cents;
  readonly toRequest: Cents;
  readonly requested: Cents;
  readonly paid: Cents;
  readonly atRisk: Cents;
}

export interface OrderMoney extends Figures {
  readonly number: string;
  readonly client: string;
  readonly risks: readonly Risk[];
  readonly deadlines: OrderDeadlines;
}

/** Orders that wait for the same thing until the same moment. */
export interface DeadlineGroup {
  readonly kind: 'advance' | 'firmDate' | 'service' | 'balance';
  readonly deadline: Deadline;
  readonly missed: boolean;
  /** Days from today to its day, negative after. */
  readonly daysLeft: number;
  readonly orders: readonly string[];
  /** All-in amount that depends on it. */
  readonly amount: Cents;
}

export interface MoneyView {
  readonly totals: Figures;
  /** Oldest first; what has no known date comes last, without month. */
  readonly byMonth: readonly (Figures & { readonly month?: string })[];
  /** Most at risk first, then most expected. */
  readonly byClient: readonly (Figures & { readonly siret: string; readonly client: string })[];
  /** In the order given. */
  readonly orders: readonly OrderMoney[];
  /** What is still to be done, nearest first. */
  readonly deadlines: readonly DeadlineGroup[];
}
