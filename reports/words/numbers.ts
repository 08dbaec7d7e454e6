const NUMBER = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });

/** A number and its noun: `1 pièce`, `3 pièces`, `0 pièce` (French: below two is singular). */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(value)} ${Math.abs(value) < 2 ? one : many}`;
}

/** Milliseconds as `850 ms`, `41,2 s`, `2 min 05 s`, `1 h 03 min`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return 'durée inconnue';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${NUMBER.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Bytes as `512 octets`, `3,4 Ko`, `1,2 Mo`; a kilo-octet is 1 000 octets. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'octet');
  // 999 950 octets would round to 1 000 Ko.
  if (bytes < 999_950) return `${NUMBER.format(bytes / 1000)} Ko`;
  return `${NUMBER.format(bytes / 1_000_000)} Mo`;
}

const MOMENT = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** An ISO 8601 instant as `22/11/2026 à 02:49:13`, Paris time; text that is no date comes back as it is. */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const part = Object.fromEntries(MOMENT.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${part['day']}/${part['month']}/${part['year']} à ${part['hour']}:${part['minute']}:${part['second']}`;
}

/** A civil date `YYYY-MM-DD` as `JJ/MM/AAAA`; day or month may be 00. */
export function date(iso: string): string {
  return iso.split('-').toReversed().join('/');
}
