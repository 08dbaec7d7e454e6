/** An id with more faults than this is another id. */
const MOST_FAULTS = 4;

/**
 * Ids that somebody who typed `wanted` may have meant, the nearest first: few letters apart, or what stands under it.
 *
 * @param wanted normalised as the ids are
 */
export function closeIds(wanted: string, ids: Iterable<string>, most = 5): readonly string[] {
  const found: { readonly id: string; readonly faults: number }[] = [];
  for (const id of ids) {
    if (wanted !== '' && (id.startsWith(`${wanted}.`) || id.endsWith(`/${wanted}`))) found.push({ id, faults: 1 });
    else if (Math.abs(id.length - wanted.length) <= MOST_FAULTS) {
      const faults = distance(id, wanted);
      if (faults <= MOST_FAULTS) found.push({ id, faults });
    }
  }
  // People get the end of a number wrong more often than its beginning.
  found.sort(
    (left, right) => left.faults - right.faults || sharedStart(right.id, wanted) - sharedStart(left.id, wanted),
  );
  return found.slice(0, most).map(({ id }) => id);
}

function sharedStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left.charAt(length) === right.charAt(length)) length += 1;
  return length;
}

/** How many letters to add, remove or change to make one of the other. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= right.length; to += 1) {
      const changed = (row[to - 1] ?? 0) + (left.charAt(at - 1) === right.charAt(to - 1) ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
