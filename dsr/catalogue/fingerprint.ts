/** Bits of a fingerprint. */
const BITS = 128;

/**
 * Fingerprint of a text: says how much another text looks like it, and nothing of what it says. It lets the embedded
 * catalogue, which holds no official text, know whether the statement of an imported REM is the one it was written for.
 *
 * A similarity hash (Charikar, 2002) over single words and pairs of words, case, accents and typography aside: texts that
 * differ by a few words have fingerprints that differ by a few bits, unrelated ones differ by about half of them.
 *
 * @returns 32 hexadecimal digits; empty for a text without words
 */
export function fingerprint(text: string): string {
  const words = wordsOf(text);
  if (words.length === 0) return '';
  const sums = new Int32Array(BITS);
  const add = (feature: string, weight: number): void => {
    for (let lane = 0; lane < BITS / 32; lane += 1) {
      const hash = hash32(feature, lane);
      // Twice the weight for a bit that is set, less the weight for every bit: +weight or -weight.
      for (let bit = 0; bit < 32; bit += 1) sums[lane * 32 + bit]! += ((hash >>> bit) & 1) * 2 * weight - weight;
    }
  };
  for (const [index, word] of words.entries()) {
    add(word, 1);
    if (index > 0) add(`${words[index - 1] ?? ''} ${word}`, 2);
  }
  let digits = '';
  for (let index = 0; index < BITS; index += 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit += 1) if ((sums[index + bit] ?? 0) > 0) digit |= 1 << bit;
    digits += digit.toString(16);
  }
  return digits;
}

/** Share of bits that two fingerprints do not have in common: 0 for the same text, about 0.5 for unrelated ones. */
export function fingerprintDistance(left: string, right: string): number {
  const lanes = lanesOf(left);
  let differing = 0;
  for (const [index, lane] of lanesOf(right).entries()) differing += bitsOf(lane ^ (lanes[index] ?? 0));
  return differing / BITS;
}

/** A list is compared with the whole catalogue: each fingerprint is read once, and the memory of it is bounded. */
const MAX_KEPT = 10_000;
const kept = new Map<string, Int32Array>();

function lanesOf(print: string): Int32Array {
  const known = kept.get(print);
  if (known !== undefined) return known;
  const lanes = Int32Array.from({ length: BITS / 32 }, (_, lane) =>
    Number.parseInt(print.slice(lane * 8, lane * 8 + 8), 16),
  );
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(print, lanes);
  return lanes;
}

/** Number of bits set in a 32-bit number. */
function bitsOf(lane: number): number {
  const pairs = lane - ((lane >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** What is said first tells a text apart; a scenario may go on for pages. */
const MAX_WORDS = 200;

function wordsOf(text: string): readonly string[] {
  const flat = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (flat.match(/[\p{L}\d]+/gu) ?? []).slice(0, MAX_WORDS);
}

/** FNV-1a with a final mix, seeded by lane. */
function hash32(text: string, lane: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(lane + 1, 0x9e3779b1);
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** How a requirement looks: with its scenarios, and alone. */
export interface Print {
  readonly whole: string;
  readonly statement: string;
}

/** Fingerprints of a requirement from its official texts; empty where there is no text. */
export function printOf(statement: string, scenarios: readonly { readonly text: string }[]): Print {
  const texts = scenarios.map((scenario) => scenario.text).filter((text) => text !== '');
  return {
    whole: texts.length === 0 ? '' : fingerprint([statement, ...texts].join('\n')),
    statement: fingerprint(statement),
  };
}

/** How far two requirements are: the nearer of what both have. 1 when they have nothing to compare. */
export function printDistance(left: Print, right: Print): number {
  const far = (one: string, other: string): number =>
    one === '' || other === '' ? 1 : fingerprintDistance(one, other);
  return Math.min(far(left.whole, right.whole), far(left.statement, right.statement));
}

/** Whether both the statements and the scenarios are the same, typography aside. */
export function isSamePrint(left: Print, right: Print): boolean {
  return left.statement !== '' && left.statement === right.statement && left.whole === right.whole;
}
