import { byteLength } from './charset.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** Bytes of `Hl7Message.raw`, from `start`, up to `end` which is not among them. */
export interface Hl7Span {
  readonly start: number;
  readonly end: number;
}

/** Where a part of a field is looked for; numbers are 1-based, as HL7 counts. */
export interface Hl7Within {
  readonly repetition?: number;
  readonly component?: number;
  readonly subcomponent?: number;
}

/**
 * Bytes of the message that a segment, a field or a part of it takes, still escaped: what a reader shows of the file of the
 * user. A component or a sub-component without a repetition is that of the first one.
 *
 * @returns undefined when the message has no such part
 */
export function spanOf(
  { delimiters, encoding }: Hl7Message,
  of: Hl7Segment,
  field?: number,
  within: Hl7Within = {},
): Hl7Span | undefined {
  let start = of.start;
  let text = of.raw;
  const enter = (separator: string, rank: number): boolean => {
    const parts = text.split(separator, rank);
    const part = parts[rank - 1];
    if (part === undefined) return false;
    const before = parts.slice(0, rank - 1).map((one) => byteLength(one, encoding) + separator.length);
    start += before.reduce((sum, one) => sum + one, 0);
    text = part;
    return true;
  };
  const steps: readonly (readonly [string, number | undefined])[] =
    of.name === 'MSH' && (field === 1 || field === 2)
      ? []
      : [
          // MSH-1 is the separator itself, which shifts the numbers.
          [delimiters.field, field === undefined ? undefined : field + (of.name === 'MSH' ? 0 : 1)],
          [delimiters.repetition, within.repetition ?? (within.component === undefined ? undefined : 1)],
          [delimiters.component, within.component],
          [delimiters.subcomponent, within.subcomponent],
        ];
  if (of.name === 'MSH' && field === 1) return { start: of.start + 3, end: of.start + 4 };
  if (of.name === 'MSH' && field === 2) return { start: of.start + 4, end: of.start + 8 };
  for (const [separator, rank] of steps) {
    if (rank !== undefined && !enter(separator, rank)) return undefined;
  }
  return { start, end: start + byteLength(text, encoding) };
}
