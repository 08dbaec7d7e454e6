import { eurosText } from './cents.ts';
import type { Cents } from './types.ts';

/** Between thousands and before the currency, so that a line never breaks inside an amount. */
const NBSP = '\u00A0';

/** `22 500,00 €`, with no-break spaces: as a quote and an order print it. */
export function exactEuros(amount: Cents): string {
  const [whole = '', decimals = ''] = eurosText(amount).split('.');
  return `${whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, NBSP)},${decimals}${NBSP}€`;
}

/** `82 350 €`, with its cents only when there are some: `82 350,50 €`. */
export function briefEuros(amount: Cents): string {
  return exactEuros(amount).replace(',00', '');
}
