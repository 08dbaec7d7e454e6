import { cents, minus, part, withVat, type Amounts, type Cents } from '#dsr/money/index.ts';

/** Share of an advance, in ten-thousandths (decks 001 and 004: 30 % on the signed order, 70 % when the service is done). */
export const ADVANCE_SHARE = 3000;
export const BALANCE_SHARE = 7000;

/** What a request asks for, pre-tax and all-in. */
export interface Requested {
  /** In ten-thousandths of the order. */
  readonly share: number;
  readonly ht: Cents;
  readonly ttc: Cents;
}

/**
 * The advance on an order: 30 % of each amount, to the nearest cent.
 *
 * @example advanceOn(withVat(cents(2_745_000), 2000)).ttc // 988_200
 */
export function advanceOn(total: Amounts): Requested {
  return { share: ADVANCE_SHARE, ht: part(total.ht, ADVANCE_SHARE), ttc: part(total.ttc, ADVANCE_SHARE) };
}

/**
 * The balance is what remains, never 70 % rounded on its own: both requests together make the order, to the cent.
 *
 * @param advance what was decided and paid
 */
export function balanceAfter(total: Amounts, advance: Pick<Requested, 'ht' | 'ttc'>): Requested {
  return { share: BALANCE_SHARE, ht: minus(total.ht, advance.ht), ttc: minus(total.ttc, advance.ttc) };
}

/** What a paid advance asked for; its pre-tax amount follows from the order when it was not kept. */
export function advancePaid(ttc: Cents, ht: Cents | undefined, total: Amounts): Pick<Requested, 'ht' | 'ttc'> {
  if (ht !== undefined) return { ht, ttc };
  const usual = advanceOn(total);
  // An advance on other amounts than today's: its own rate gives back its pre-tax amount.
  if (ttc === usual.ttc) return { ht: usual.ht, ttc };
  const product = BigInt(Math.abs(ttc)) * 10_000n;
  const by = BigInt(10_000 + total.vatRate);
  const exact = Number((product * 2n + by) / (by * 2n));
  return { ht: cents(ttc < 0 ? -exact : exact), ttc };
}

/** The all-in amount that the pre-tax one gives; the ASP rejects what was rounded another way (ANS note 1265). */
export function expectedTtc({ ht, vatRate }: Amounts): Cents {
  return withVat(ht, vatRate).ttc;
}
