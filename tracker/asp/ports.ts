import type { CivilDate, Deadline } from '#dsr/dates/index.ts';
import type { Cents } from '#dsr/money/index.ts';
import type { Order, ReferencingDates } from '../orders/types.ts';
import type { RequestKind } from './types.ts';

/** What the 120-day window says of an order. */
export interface WindowVerdict {
  readonly status: 'eligible' | 'not-eligible' | 'pending';
  /** Codes and French sentences; empty when eligible. */
  readonly reasons: readonly { readonly code: string; readonly what: string; readonly remedy: string }[];
}

/** Band of the scale that holds for a number of sites. */
export interface Ceiling {
  readonly band: string;
  readonly ceilingHt: Cents;
  /** Scale and version, as shown. */
  readonly scale: string;
}

/** What the scale says of a number of sites in a couloir and wave. */
export type CeilingAnswer =
  | ({ readonly status: 'known' } & Ceiling)
  /** The couloir has a scale, of which no band takes that number of sites. */
  | { readonly status: 'no-band'; readonly scale: string }
  /** No scale is known for that couloir and wave: the ceiling is then not judged. */
  | { readonly status: 'unknown' };

/** End of the period in which a kind of request is received. */
export interface RequestDeadline {
  readonly deadline: Deadline;
  /** Whether it is over at the moment of the request: one handed in at its very hour is late. */
  readonly missed: boolean;
  /** Calendar and revision, as shown. */
  readonly calendar: string;
}

/** Until when the service is done in a couloir. */
export interface Completion {
  readonly deadline: Deadline;
  /** Whether, by then, the balance is asked for or the completion notified. */
  readonly noticeDue: boolean;
}

export type IdentifierKind = 'siret' | 'finess' | 'rpps';

/** What the rules are told from outside: the regulation as data, and the moment. */
export interface Regulation {
  readonly now: Date;
  /** Day of that moment in Paris. */
  readonly today: CivilDate;
  window(order: Order, dates: ReferencingDates): WindowVerdict;
  /** An instance without site, that of a professional on his own, is one place. */
  ceiling(couloir: string, wave: string, sites: number): CeilingAnswer;
  /** Whether the ceiling of a couloir and wave depends on the number of sites: each is then to be named. */
  countsSites(couloir: string, wave: string): boolean;
  /** Share of the advance, in ten-thousandths. */
  advanceShare(couloir: string, wave: string, sites: number): number;
  /** Absent when no date is known: lateness is then not judged. */
  deadline(couloir: string, wave: string, kind: RequestKind): RequestDeadline | undefined;
  /** Absent when no date is known. */
  completion(couloir: string, wave: Order['wave']): Completion | undefined;
  /** French, what is wrong with an identifier; absent when it is right. */
  identifierProblem(kind: IdentifierKind, value: string): string | undefined;
}

/** What is known of the file behind an attachment. */
export type PieceReading =
  | { readonly ok: true; readonly bytes: number; readonly sha256: string }
  /** French, why it cannot be had. */
  | { readonly ok: false; readonly detail: string; readonly outside?: true };
