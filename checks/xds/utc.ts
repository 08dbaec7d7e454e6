/** `yyyyMMddHHmm[ss]±zzzz` of a CDA to 14 digits UTC; undefined when it gives no offset or no time of day. */
export function utcOf(value: string | undefined): string | undefined {
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?([+-]\d\d)(\d\d)$/.exec(value ?? '');
  if (m === null) return undefined;
  const time = Date.parse(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6] ?? '00'}${m[7]}:${m[8]}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}
