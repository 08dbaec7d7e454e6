import type { CivilDate } from '#dsr/dates/index.ts';
import type { Amounts } from '#dsr/money/index.ts';
import type { Amendment, Attachment, Order, Vendor, VendorProduct } from '../../orders/types.ts';
import type { Requested } from '../amounts.ts';
import type { PieceReading, Regulation } from '../ports.ts';
import { reasonOf, type Reason, type ReasonCode } from '../reasons/index.ts';
import type { PaymentRequest, RequestKind } from '../types.ts';

export interface Limits {
  readonly pieceBytes: number;
  readonly totalBytes: number;
}

/** A piece that goes with the request, its name in the zip, and what its file is. */
export interface CarriedPiece {
  readonly attachment: Attachment;
  /** Index among the attachments of the order. */
  readonly index: number;
  /** Safe, and unique in its zip. */
  readonly fileName: string;
  readonly reading: PieceReading;
}

/** One order on its way to a request, with all that the rules look at. */
export interface Case {
  readonly kind: RequestKind;
  readonly order: Order;
  readonly vendor: Vendor;
  readonly regulation: Regulation;
  /** Day of the request in Paris. */
  readonly today: CivilDate;
  /** Absent when the vendor has no such product under that DSR. */
  readonly product?: VendorProduct;
  /** Amounts of the order as the last amendment that counts left them. */
  readonly total: Amounts;
  /** Amendment for which the advance is asked again. */
  readonly amendment?: Amendment;
  /** Last advance of that instance and DSR. */
  readonly advance?: PaymentRequest;
  /** Latest request of that kind for that instance and DSR. */
  readonly former?: PaymentRequest;
  /** What `former` amends, when it is an amendment. */
  readonly amended?: PaymentRequest;
  readonly requested: Requested;
  readonly pieces: readonly CarriedPiece[];
  readonly limits: Limits;
}

/** What a rule says of a case: nothing, or every reason that it found. */
export type Rule = (given: Case) => readonly Reason[];

/** A reason about the order of a case. */
export function about(
  { order }: Pick<Case, 'order'>,
  code: ReasonCode,
  where: string,
  facts: Readonly<Record<string, string>> = {},
): Reason {
  return reasonOf(code, order.number, where, facts);
}
