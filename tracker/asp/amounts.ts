import { cents, minus, part, withVat, type Amounts, type Cents } from '#dsr/money/index.ts';

/** Share of an advance, in ten-thousandths (decks 001 and 004: 30 % on the signed order, 70 % when the service is done). */
export const ADVANCE_SHARE = 3000;
/** The whole, in ten-thousandths. */
const WHOLE = 10_000;

/** What a request asks for, pre-tax and all-in. */
export interface Requested {
  /** In ten-thousandths of the order. */
  readonly share: number;
  readonly ht: Cents;
  readonly ttc: Cents;
}

/**
 * The advance on an order: a share of each amount, to the nearest cent.
 *
 * @param share 30 % unless the scale says otherwise
 *
 * @example advanceOn(withVat(cents(2_745_000), 2000)).ttc // 988_200
 */
export function advanceOn(total: Amounts, share: number = ADVANCE_SHARE): Requested {
  return { share, ht: part(total.ht, share), ttc: part(total.ttc, share) };
}

/**
 * The balance is what remains, never 70 % rounded on its own: both requests together make the order, to the cent.
 *
 * @param advance what was decided and paid
 */
export function balanceAfter(
  total: Amounts,
  advance: Pick<Requested, 'ht' | 'ttc'>,
  share: number = ADVANCE_SHARE,
): Requested {
  return { share: WHOLE - share, ht: minus(total.ht, advance.ht), ttc: minus(total.ttc, advance.ttc) };
}

/**
 * Pre-tax and all-in of an advance of which only the all-in amount may have been kept: the usual pre-tax one when it is
 * the usual advance, else what its own tax leaves.
 */
export function advancePaid(
  ttc: Cents,
  ht: Cents | undefined,
  total: Amounts,
  share: number = ADVANCE_SHARE,
): Pick<Requested, 'ht' | 'ttc'> {
  if (ht !== undefined) return { ht, ttc };
  const usual = advanceOn(total, share);
  if (ttc === usual.ttc) return { ht: usual.ht, ttc };
  // Halves go up, as `part` does; exact where floats would not be.
  const by = BigInt(WHOLE + total.vatRate);
  return { ht: cents(Number((BigInt(ttc) * BigInt(WHOLE) * 2n + by) / (by * 2n))), ttc };
}

/** The all-in amount that the pre-tax one gives; the ASP rejects what was rounded another way (ANS note 1265). */
export function expectedTtc({ ht, vatRate }: Amounts): Cents {
  return withVat(ht, vatRate).ttc;
}
