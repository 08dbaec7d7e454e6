const UNITS = [
  'ZERO',
  'UN',
  'DEUX',
  'TROIS',
  'QUATRE',
  'CINQ',
  'SIX',
  'SEPT',
  'HUIT',
  'NEUF',
  'DIX',
  'ONZE',
  'DOUZE',
  'TREIZE',
  'QUATORZE',
  'QUINZE',
  'SEIZE',
];
const TENS = ['', '', 'VINGT', 'TRENTE', 'QUARANTE', 'CINQUANTE', 'SOIXANTE'];

/**
 * A number in French letters, upper case, no accents, hyphens everywhere (1990 spelling): 1 → `UN`, 271 →
 * `DEUX-CENT-SOIXANTE-ET-ONZE`.
 * @param number integer from 0 to 999 999 999
 */
export function frenchNumber(number: number): string {
  if (number >= 1_000_000) {
    const millions = Math.floor(number / 1_000_000);
    return joined(`${frenchNumber(millions)}-MILLION${millions === 1 ? '' : 'S'}`, number % 1_000_000);
  }
  if (number >= 1000) {
    const thousands = Math.floor(number / 1000);
    return joined(thousands === 1 ? 'MILLE' : `${frenchNumber(thousands)}-MILLE`, number % 1000);
  }
  if (number >= 100) {
    const hundreds = Math.floor(number / 100);
    return joined(hundreds === 1 ? 'CENT' : `${frenchNumber(hundreds)}-CENT`, number % 100);
  }
  if (number <= 16) return UNITS[number] ?? '';
  if (number < 20) return `DIX-${frenchNumber(number - 10)}`;
  if (number < 60) return withTens(TENS[Math.floor(number / 10)] ?? '', number % 10);
  if (number < 80) return withTens('SOIXANTE', number - 60);
  return number === 80 ? 'QUATRE-VINGT' : `QUATRE-VINGT-${frenchNumber(number - 80)}`;
}

function joined(head: string, rest: number): string {
  return rest === 0 ? head : `${head}-${frenchNumber(rest)}`;
}

function withTens(tens: string, rest: number): string {
  if (rest === 0) return tens;
  return rest === 1 || rest === 11 ? `${tens}-ET-${frenchNumber(rest)}` : `${tens}-${frenchNumber(rest)}`;
}
