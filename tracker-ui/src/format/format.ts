/** The one place that writes numbers and dates: fr-FR, Europe/Paris. */

const NUMBER = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });
const MOMENT = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export function number(value: number): string {
  return NUMBER.format(value);
}

/** `1 preuve`, `3 preuves`, `0 preuve`: below two is singular in French. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(value)} ${Math.abs(value) < 2 ? one : many}`;
}

/** Milliseconds as `850 ms`, `41,2 s`, `2 min 05 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${NUMBER.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${NUMBER.format(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Bytes as `512 octets`, `3,4 Ko`, `1,2 Mo`; a kilo-octet is 1 000 octets. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'octet');
  return bytes < 999_950 ? `${NUMBER.format(bytes / 1000)} Ko` : `${NUMBER.format(bytes / 1_000_000)} Mo`;
}

/** An ISO 8601 instant as `12/01/2026 à 15:30`, Paris time; text that is no date comes back as it is. */
export function moment(iso: string): string {
  return written(iso, (date) => {
    const part = Object.fromEntries(MOMENT.formatToParts(date).map(({ type, value }) => [type, value]));
    return `${part['day']}/${part['month']}/${part['year']} à ${part['hour']}:${part['minute']}`;
  });
}

/** An ISO 8601 instant as `12 janvier 2026`, Paris time. */
export function day(iso: string): string {
  return written(iso, (date) => DAY.format(date));
}

/** `va1` as `vague 1`. */
export function wave(code: string): string {
  return code.replace(/^va(\d+)$/, 'vague $1');
}

function written(iso: string, write: (date: Date) => string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : write(date);
}

const EUROS = new Intl.NumberFormat('fr-FR', {
  style: 'currency',
  currency: 'EUR',
  trailingZeroDisplay: 'stripIfInteger',
});
const PERCENT = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });

/** Cents as `18 000 €`, with their decimals when there are some. */
export function euros(cents: number): string {
  return EUROS.format(cents / 100);
}

/** `45,54 %`. */
export function percent(value: number): string {
  return `${PERCENT.format(value)}\u00A0%`;
}
