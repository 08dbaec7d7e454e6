import type { CivilDate } from '#dsr/dates/index.ts';
import { eurosText, type Cents } from '#dsr/money/index.ts';

const NBSP = '\u00A0';

/** `22 500,00 €`, as a quote prints it. */
export function euros(amount: Cents): string {
  const [whole = '', decimals = ''] = eurosText(amount).split('.');
  return `${whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, NBSP)},${decimals}${NBSP}€`;
}

/** `14/06/2022`, as a form shows it. */
export function day(date: CivilDate): string {
  return date.split('-').toReversed().join('/');
}
