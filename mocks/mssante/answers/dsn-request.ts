/** What MAIL FROM and RCPT TO asked of delivery reports (RFC 3461), for one recipient. */
export interface DsnRequest {
  /** Upper case; undefined when the sender said nothing. */
  readonly notify?: readonly string[];
  readonly orcpt?: string;
  readonly envid?: string;
  readonly ret?: string;
}

/** RFC 3461 §4.1: a failure is told unless NOTIFY leaves it out; a delivery only when it is asked for. */
export function wantsFailure({ notify }: DsnRequest): boolean {
  return notify === undefined || notify.includes('FAILURE');
}

export function wantsDelivery({ notify }: DsnRequest, byHeader: boolean): boolean {
  return notify === undefined ? byHeader : notify.includes('SUCCESS');
}

/** RFC 3461 §4.1: where NOTIFY says nothing, a delay may be told; where it is given, only if it names DELAY. */
export function wantsDelay({ notify }: DsnRequest): boolean {
  return notify === undefined || notify.includes('DELAY');
}
