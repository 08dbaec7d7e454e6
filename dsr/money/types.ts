declare const cents: unique symbol;

/** An amount of euros in whole cents. Sums of it are exact: no amount of the field comes near 2^53. */
export type Cents = number & { readonly [cents]: true };

/** An amount as the ASP reads it: pre-tax is the reference, the all-in one follows from the rate. */
export interface Amounts {
  /** Pre-tax (HT). */
  readonly ht: Cents;
  /** All-in (TTC). */
  readonly ttc: Cents;
  /** In ten-thousandths: 2000 is 20 %. */
  readonly vatRate: number;
}
