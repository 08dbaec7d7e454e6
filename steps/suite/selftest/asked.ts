import type { Asked } from './types.ts';

/** A scenario of a pass, in the order of the pass. */
export interface PlayedAt {
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly until: number;
}

/** Two processes of one machine read one clock, a millisecond apart at most. */
const SLACK_MS = 2;

/**
 * Scenarios during which the product asked about each fault. What a scenario set going may ask later: it is laid to the
 * scenario during which it asks, since the verdict of the first was already given.
 *
 * @param spans as the product tells them, in milliseconds since 1970
 * @param from when the first scenario could begin
 */
export function askedDuring(
  spans: Readonly<Record<string, readonly (readonly [number, number])[]>>,
  from: number,
  played: readonly PlayedAt[],
): Asked {
  const windows = played.map(({ id, until }, index) => ({ id, since: played[index - 1]?.until ?? from, until }));
  return {
    atStart: Object.keys(spans).filter((name) => spans[name]?.some(([first]) => first < from - SLACK_MS)),
    during: Object.fromEntries(
      Object.entries(spans).map(([name, asked]) => [
        name,
        windows
          .filter(({ since, until }) =>
            asked.some(([first, last]) => first <= until + SLACK_MS && last >= since - SLACK_MS),
          )
          .map(({ id }) => id),
      ]),
    ),
  };
}

/** What several passes asked, taken together. */
export function joinAsked(passes: readonly Asked[]): Asked {
  const names = new Set(passes.flatMap(({ during }) => Object.keys(during)));
  return {
    atStart: [...new Set(passes.flatMap(({ atStart }) => atStart))],
    during: Object.fromEntries(
      Array.from(names, (name) => [name, [...new Set(passes.flatMap(({ during }) => during[name] ?? []))]]),
    ),
  };
}

/** Stands for every fault. */
const ALL = '*';

/** Whether a fault can change what the product does during a scenario. */
export function mayTouch({ atStart, during }: Asked, fault: string, scenario: string): boolean {
  return [fault, ALL].some((name) => atStart.includes(name) || during[name]?.includes(scenario) === true);
}
