/** A header field where it stands: name in lower case, bytes from its first to after its line end, folds included. */
export interface FieldPlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const LF = 0x0a;
const CR = 0x0d;
/** Fields listed of one header; the bytes of the others are still served whole. */
const MAX_FIELDS = 2000;

/** Where the header of `start…end` ends: after its blank line, or at `end` when there is none. */
export function headerEnd(source: Buffer, start: number, end: number): number {
  for (let at = start; at < end;) {
    const feed = source.indexOf(LF, at);
    if (feed < 0 || feed >= end) return end;
    if (feed === at || (feed === at + 1 && source[at] === CR)) return feed + 1;
    at = feed + 1;
  }
  return end;
}

/** The fields of a header. Lines that are no field belong to none. */
export function fieldsOf(source: Buffer, start: number, end: number): readonly FieldPlace[] {
  const fields: { name: string; start: number; end: number }[] = [];
  let last: (typeof fields)[number] | undefined;
  for (let at = start; at < end;) {
    const feed = source.indexOf(LF, at);
    const next = feed < 0 || feed >= end ? end : feed + 1;
    const first = source[at];
    if (first === 0x20 || first === 0x09) {
      if (last !== undefined) last.end = next;
    } else {
      last = undefined;
      const name = /^([!-9;-~]+)[ \t]*:/u.exec(source.toString('latin1', at, Math.min(next, at + 1000)))?.[1];
      if (name !== undefined) {
        if (fields.length >= MAX_FIELDS) return fields;
        last = { name: name.toLowerCase(), start: at, end: next };
        fields.push(last);
      }
    }
    at = next;
  }
  return fields;
}

/** Value of a field unfolded, encoded words as they stand, one character per byte. */
export function valueOf(source: Buffer, field: FieldPlace): string {
  const text = source.toString('latin1', field.start, field.end);
  return text
    .slice(text.indexOf(':') + 1)
    .replaceAll(/\r?\n(?=[ \t])/gu, '')
    .replaceAll(/[\r\n]/gu, '')
    .replaceAll('\0', '')
    .trim();
}

/** Value of the first field of that lower-case name. */
export function firstValue(source: Buffer, fields: readonly FieldPlace[], name: string): string | undefined {
  const field = fields.find((one) => one.name === name);
  return field === undefined ? undefined : valueOf(source, field);
}
