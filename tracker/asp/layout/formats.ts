import { cents, eurosText } from '#dsr/money/index.ts';
import type { Scalar, ValueType } from './vocabulary.ts';

/** How a value is written; the first format of a type is the one that holds when none is said. */
type Format = (value: Scalar) => Scalar;

const asIs: Format = (value) => value;
const text = (value: Scalar): string => String(value);
/** A quotient of whole numbers whose shortest writing is the exact decimal: 988 200 / 100 is 9882, 350 040 / 100 is 3500.4. */
const over =
  (divisor: number): Format =>
  (value) =>
    Number(value) / divisor;

const euros = (value: Scalar): string => eurosText(cents(Number(value)));

const FORMATS: Readonly<Record<ValueType, Readonly<Record<string, Format>>>> = {
  text: {
    text: asIs,
    upper: (value) => text(value).toLocaleUpperCase('fr'),
    lower: (value) => text(value).toLocaleLowerCase('fr'),
  },
  date: {
    'AAAA-MM-JJ': asIs,
    'JJ/MM/AAAA': (value) => text(value).split('-').reverse().join('/'),
    'JJ-MM-AAAA': (value) => text(value).split('-').reverse().join('-'),
    AAAAMMJJ: (value) => text(value).replaceAll('-', ''),
    JJMMAAAA: (value) => text(value).split('-').reverse().join(''),
  },
  cents: {
    euros: over(100),
    'euros-point': euros,
    'euros-comma': (value) => euros(value).replace('.', ','),
    cents: asIs,
    'cents-text': text,
  },
  rate: {
    fraction: over(10_000),
    percent: over(100),
    'percent-text': (value) => text(Number(value) / 100),
    'percent-comma': (value) => text(Number(value) / 100).replace('.', ','),
    'ten-thousandths': asIs,
  },
  integer: { number: asIs, text },
  boolean: { boolean: asIs, text },
};

/** Types whose writing is never guessed: 1200 may be euros or cents. */
const MUST_SAY: ReadonlySet<ValueType> = new Set(['cents', 'rate']);

export type FormatChoice =
  | { readonly ok: true; readonly format: Format }
  | { readonly ok: false; readonly known: readonly string[] };

/** The format of that name for a type; without name, the first one unless the type must say. */
export function formatFor(type: ValueType, name: string | undefined): FormatChoice {
  const known = Object.keys(FORMATS[type]);
  const chosen = name ?? (MUST_SAY.has(type) ? undefined : known[0]);
  const format = chosen !== undefined && Object.hasOwn(FORMATS[type], chosen) ? FORMATS[type][chosen] : undefined;
  return format === undefined ? { ok: false, known } : { ok: true, format };
}
