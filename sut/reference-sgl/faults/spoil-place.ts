/** How a fault spoils one place of a message. */
export interface Spoiling {
  readonly in: string;
  readonly pattern: string;
  readonly with: string;
  /** Only in a text where this is found. */
  readonly when?: string;
  /** Every place, not the first alone. */
  readonly all?: boolean;
}

/**
 * A text with what the faults switched on make wrong in it.
 *
 * @param places names of what the text is, as `in` of the spoilings says them
 * @returns the same text without any fault
 */
export function spoilPlace(
  spoilings: ReadonlyMap<string, Spoiling>,
  places: readonly string[],
  text: string,
  faults: ReadonlySet<string>,
): string {
  let spoilt = text;
  for (const [name, spoiling] of spoilings) {
    if (!places.includes(spoiling.in) || (spoiling.when !== undefined && !text.includes(spoiling.when))) continue;
    if (!faults.has(name)) continue;
    spoilt = spoilt.replace(new RegExp(spoiling.pattern, spoiling.all === true ? 'gs' : 's'), spoiling.with);
  }
  return spoilt;
}
