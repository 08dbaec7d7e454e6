import type { CivilDate } from '#dsr/dates/index.ts';
import type { Cents } from '#dsr/money/index.ts';
import type { DepositStatus, RequestKind } from '../asp/types.ts';
import type { Figures, Risk } from '../ledger/types.ts';
import type { WindowStatus } from '../window/index.ts';

/** An order with what is counted from it; amounts in cents, all taxes included unless said otherwise. */
export interface OrderLineView {
  readonly number: string;
  readonly client: string;
  readonly siret: string;
  readonly couloir: string;
  readonly wave: '1' | '2';
  readonly instance: string;
  readonly sites: number;
  readonly product: { readonly name: string; readonly version: string };
  readonly signedOn: CivilDate | null;
  /** Before tax. */
  readonly ht: Cents;
  readonly ttc: Cents;
  /** What the 120-day window says; null when the vendor's dates are not known. */
  readonly window: WindowStatus | null;
  readonly lastDayForCompleteFile: CivilDate | null;
  readonly expected: Cents;
  readonly paid: Cents;
  readonly atRisk: Cents;
  readonly risks: readonly Risk[];
}

export interface OrderListView {
  readonly total: number;
  readonly next: string | null;
  readonly orders: readonly OrderLineView[];
}

/** Amounts in cents, all taxes included. */
export type MoneyFiguresView = Figures;

export interface MoneyOverviewView {
  readonly today: CivilDate;
  /** False when the vendor's dates are not known: no window is then judged. */
  readonly windowJudged: boolean;
  readonly totals: MoneyFiguresView;
  readonly byMonth: readonly (MoneyFiguresView & { readonly month: string | null })[];
  readonly byClient: readonly (MoneyFiguresView & { readonly siret: string; readonly client: string })[];
}

export type DeadlineKind =
  /** The last day of the complete file for an order. */
  | 'dossier'
  | 'avance'
  | 'date-ferme'
  | 'prestation'
  | 'solde'
  /** A date of the official calendar. */
  | 'calendrier'
  /** An answer owed to the authority. */
  | 'complement'
  /** A due date that the team gave itself. */
  | 'exigence';

export interface DeadlineView {
  /** Stable: it keeps it when its date moves. */
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly date: CivilDate;
  /** `HH:MM` in Paris. */
  readonly time: string | null;
  /** Negative once past. */
  readonly daysLeft: number;
  readonly title: string;
  readonly detail: string;
  /** Cents that depend on it. */
  readonly amount: Cents | null;
}

export interface DeadlineListView {
  readonly total: number;
  readonly next: string | null;
  readonly deadlines: readonly DeadlineView[];
}

interface DepositView {
  readonly file: string;
  readonly sha256: string;
  readonly history: readonly {
    readonly status: DepositStatus;
    readonly at: string;
    readonly by: string;
    readonly note: string | null;
  }[];
}

export interface PaymentRequestView {
  readonly id: string;
  readonly kind: RequestKind;
  readonly order: string;
  readonly requested: Cents;
  readonly status: DepositStatus;
  /** Written in a layout that is only proposed. */
  readonly draft: boolean;
  readonly json: DepositView;
  readonly zip: DepositView | null;
  readonly aspReference: string | null;
}

export interface PaymentRequestListView {
  readonly total: number;
  readonly next: string | null;
  readonly requests: readonly PaymentRequestView[];
}
