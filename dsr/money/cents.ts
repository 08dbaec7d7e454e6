import type { Amounts, Cents } from './types.ts';

const LIMIT = 1_000_000_000_000;
const TYPED = /^(-?)(\d+)(?:[.,](\d{1,2}))?€?$/;
/** What people and sheets put between thousands and before the currency: spaces of all kinds. */
const SPACES = /[\s\u00A0\u202F]/gu;

/** @throws {RangeError} for what is not a whole number of cents, or beyond ten thousand million euros */
export function cents(amount: number): Cents {
  if (!Number.isSafeInteger(amount) || Math.abs(amount) > LIMIT) {
    throw new RangeError(`${amount} n'est pas un nombre entier de centimes`);
  }
  return (amount === 0 ? 0 : amount) as Cents;
}

/**
 * Reads an amount of euros as typed: `22 500`, `22500,5`, `22500.50 €`. More than two decimals are refused rather than
 * rounded: rejects of the ASP came from there (ANS note 1265).
 */
export function readEuros(text: string): Cents | undefined {
  const typed = TYPED.exec(text.replaceAll(SPACES, ''));
  if (!typed) return undefined;
  const [, sign, whole, decimals = ''] = typed;
  const amount = Number(`${sign}${whole}${decimals.padEnd(2, '0')}`);
  return Math.abs(amount) > LIMIT ? undefined : cents(amount);
}

/** `22500.50`: two decimals and a point, as a file carries it. */
export function eurosText(amount: Cents): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function sum(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

export function minus(one: Cents, other: Cents): Cents {
  return cents(one - other);
}

/**
 * A part of an amount, in ten-thousandths, rounded to the nearest cent, a half away from zero: what an invoice does.
 *
 * @param rate 3000 for 30 %
 * @throws {RangeError} for a rate that is no whole number
 */
export function part(amount: Cents, rate: number): Cents {
  if (!Number.isSafeInteger(rate)) throw new RangeError(`${rate} n'est pas un taux en dix-millièmes`);
  // Above 2^53 a product of floats would lose its last cents.
  const product = BigInt(Math.abs(amount)) * BigInt(Math.abs(rate));
  const rounded = Number((product + 5_000n) / 10_000n);
  return cents(amount < 0 !== rate < 0 ? -rounded : rounded);
}

/** All-in amount of a pre-tax one. */
export function withVat(ht: Cents, vatRate: number): Amounts {
  return { ht, vatRate, ttc: cents(ht + part(ht, vatRate)) };
}
