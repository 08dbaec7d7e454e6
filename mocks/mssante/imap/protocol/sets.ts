import type { Arguments } from './arguments.ts';
import { SyntaxProblem } from './problems.ts';

/** `Infinity` stands for `*`, the last message. */
export type NumberSet = readonly { readonly from: number; readonly to: number }[];

const MAX_RANGES = 2000;
const SET = /(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?(?:,(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?)*/y;

/** Reads a set of sequence numbers or UIDs (RFC 3501 §9 `sequence-set`). */
export function takeSet(args: Arguments): NumberSet {
  const text = args.match(SET);
  if (text === undefined) throw new SyntaxProblem('Expected a set of numbers');
  return parseSet(text);
}

/** The same when one stands there; undefined otherwise. */
export function acceptSet(args: Arguments): NumberSet | undefined {
  const text = args.match(SET);
  return text === undefined ? undefined : parseSet(text);
}

/**
 * Whether the set holds a number, `*` being `last`; `9:*` always holds the last one (RFC 3501 §6.4.8).
 * @param last the largest number there is; 0 when there is none
 */
export function setHolds(set: NumberSet, number: number, last: number): boolean {
  return set.some(({ from, to }) => {
    const low = Math.min(from === Infinity ? last : from, to === Infinity ? last : to);
    const high = Math.max(from === Infinity ? last : from, to === Infinity ? last : to);
    return low <= number && number <= high;
  });
}

/** Whether a set of sequence numbers names only messages that there are, as commands must (RFC 3501 §9 `seq-number`). */
export function setWithin(set: NumberSet, last: number): boolean {
  return set.every((range) => [range.from, range.to].every((end) => (end === Infinity ? last > 0 : end <= last)));
}

/** Writes numbers in increasing order as a set, neighbours together. */
export function formatSet(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && number === last.to + 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}

function parseSet(text: string): NumberSet {
  const ranges = text.split(',');
  if (ranges.length > MAX_RANGES) throw new SyntaxProblem('Set of numbers too long');
  return ranges.map((range) => {
    const [from = '', to = from] = range.split(':');
    return { from: bound(from), to: bound(to) };
  });
}

function bound(text: string): number {
  if (text === '*') return Infinity;
  const value = Number(text);
  if (value < 1 || value > 0xffff_ffff) throw new SyntaxProblem(`No message has the number ${text}`);
  return value;
}
