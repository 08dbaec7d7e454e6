/** Longer texts are compared by their first characters: what a client sends is not bounded. */
const COMPARED = 200;

/**
 * How many letters must be added, taken away, changed or swapped with their neighbour to go from one text to the other
 * (optimal string alignment). Texts are cut at 200 characters.
 */
export function distance(one: string, other: string): number {
  const [a, b] = [one.slice(0, COMPARED), other.slice(0, COMPARED)];
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    before = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** 0 for the same text, 1 for texts that share nothing. */
export function difference(one: string, other: string): number {
  const longest = Math.min(COMPARED, Math.max(one.length, other.length));
  return longest === 0 ? 0 : distance(one, other) / longest;
}
