export { cents, eurosText, minus, part, readEuros, sum, withVat } from './cents.ts';
export { briefEuros, exactEuros } from './french.ts';
export type { Amounts, Cents } from './types.ts';
