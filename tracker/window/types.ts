import type { CivilDate } from '#dsr/dates/index.ts';
import type { Cents } from '#dsr/money/index.ts';

/** What the window of an order depends on. Absent or undefined: not known yet. */
export interface WindowInput {
  /** When the client signed the order: the date that counts. */
  readonly signedOn?: CivilDate | undefined;
  /** When the vendor sent the file of proofs. */
  readonly sentOn?: CivilDate | undefined;
  /** Date at which the ANS deems the complete file handed in. */
  readonly deemedCompleteOn?: CivilDate | undefined;
  readonly referencedOn?: CivilDate | undefined;
  /** Last day of the period that receives requests of advance. */
  readonly advancePeriodEndsOn?: CivilDate | undefined;
  /** Pre-tax amount of the order: one of 0 € is never paid, whatever its dates (check Q11). */
  readonly ht?: Cents | undefined;
  /** Only counts days left and warns: the status never depends on it. */
  readonly today?: CivilDate | undefined;
}

export type WindowStatus = 'eligible' | 'not-eligible' | 'pending';

/** Why an order is not eligible; those of the dates are codes of the published vectors. */
export type ReasonCode =
  | 'signed-after-advance-period'
  | 'signed-more-than-120-days-before-complete-file'
  | 'amount-zero';

/** What a pending order waits for. */
export type WaitingCode =
  | 'not-signed'
  | 'file-not-sent'
  /** Sent, but the ANS has not said yet from when it deems it complete. */
  | 'file-not-deemed-complete';

/** What the reader must know beside the status: a choice of reading, a date that is missing, dates that contradict. */
export type WarningCode =
  | 'only-sent-known'
  | 'sent-after-last-day'
  | 'last-day-passed'
  | 'advance-end-unknown'
  | 'advance-period-over'
  | 'referencing-to-follow'
  | 'signed-on-referencing-day'
  | 'referenced-without-complete-date'
  | 'complete-before-sent'
  | 'complete-after-referencing'
  | 'sent-after-referencing'
  | 'advance-ends-before-referencing'
  | 'signed-in-the-future'
  | 'sent-in-the-future'
  | 'complete-in-the-future'
  | 'referenced-in-the-future';

export interface WindowJudgement {
  readonly status: WindowStatus;
  /** Complete file minus signature, in civil days; negative when signed after it; null when one date is not known. */
  readonly daysBeforeCompleteFile: number | null;
  /** Signature + 120 days, a day that still counts; null when not signed, or not before the referencing. */
  readonly lastDayForCompleteFile: CivilDate | null;
  /** In the order of the rules. Empty unless `not-eligible`. */
  readonly reasons: readonly ReasonCode[];
  /** Empty unless `pending`. */
  readonly waiting: readonly WaitingCode[];
  readonly warnings: readonly WarningCode[];
  /** Days from today to the last day, 0 on the day itself, negative after; null when nothing runs or no today is given. */
  readonly daysLeft: number | null;
  /** Sending minus signature while only the sending is known: what the count would be if the ANS kept that date. */
  readonly daysBeforeSentFile: number | null;
}

/** A code with its French sentence. */
export interface Explanation {
  readonly kind: 'reason' | 'waiting' | 'warning';
  readonly code: ReasonCode | WaitingCode | WarningCode;
  readonly message: string;
  /** What to do, in French; a warning says it in its message. */
  readonly remedy?: string;
}
