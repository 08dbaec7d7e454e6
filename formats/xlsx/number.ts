import type { NumberStyle } from './styles.ts';

const DAY = 86_400;

/**
 * Text of a number as the sheet shows it, where identifiers depend on it: dates (`AAAA-MM-JJ`, with ` HH:MM` when the
 * format has a time and there is one), figures padded by a format of zeros (`01.10`), fifteen significant digits. Any
 * other stays as the file writes it.
 *
 * @param written text of `<v>`
 */
export function numberText(written: string, style: NumberStyle | undefined, from1904: boolean): string {
  const text = written.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i.test(text)) return text;
  const value = Number(text);
  if (style?.kind === 'moment') return momentText(value, style, from1904) ?? plain(text, value);
  if (style?.kind === 'figures') return figuresText(value, style.before, style.after) ?? plain(text, value);
  return plain(text, value);
}

/** Spreadsheets write the binary neighbour of 1.1 as `1.1000000000000001`, and show fifteen digits of it. */
function plain(text: string, value: number): string {
  const digits = text.replace(/^[+-]?[0.]*/, '').replace('.', '');
  if (/^[^E]*$/i.test(text) && (digits.length <= 15 || !text.includes('.'))) return text;
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : text;
}

/** Undefined when the format would hide something of the number. */
function figuresText(value: number, before: number, after: number): string | undefined {
  const fixed = Math.abs(value).toFixed(after);
  if (!/^\d+(\.\d+)?$/.test(fixed) || Number(fixed) !== Number(Math.abs(value).toPrecision(15))) return undefined;
  const [whole = '', decimals] = fixed.split('.');
  return `${value < 0 ? '-' : ''}${whole.padStart(before, '0')}${decimals === undefined ? '' : `.${decimals}`}`;
}

function momentText(
  value: number,
  style: { readonly date: boolean; readonly time: boolean },
  from1904: boolean,
): string | undefined {
  if (!(value >= 0 && value < 2_958_466)) return undefined;
  const seconds = Math.round(value * DAY);
  const days = Math.floor(seconds / DAY);
  const [date, time] = momentOf(days, seconds - days * DAY, from1904);
  if (!style.date) return time;
  return style.time && seconds % DAY !== 0 ? `${date} ${time}` : date;
}

/** The calendar of 1900 has a 29 February that never was: before it, days count from 31 December 1899. */
function momentOf(days: number, seconds: number, from1904: boolean): readonly [string, string] {
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const [date = '', time = ''] = new Date(start + (days * DAY + seconds) * 1000).toISOString().split('T');
  return [date, time.slice(0, seconds % 60 === 0 ? 5 : 8)];
}
