import type { UnexpectedAt } from './protocol.ts';

/** Exchanges of one process, by their rank in its journal: `to` is left out. */
export interface Span {
  readonly worker: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The exchanges of a run in the order in which one process would have seen them: the start of each bench, then scenario by
 * scenario, then what came after the last one.
 *
 * @param started by worker, how many exchanges its journal held before its first scenario
 * @param entries in the order of the plan: who played the scenario, and how many exchanges its journal held then
 */
export function spansOf(
  started: ReadonlyMap<number, number>,
  entries: readonly { readonly worker: number; readonly exchanges: number }[],
): readonly Span[] {
  const at = new Map<number, number>();
  const upTo = (worker: number, to: number): Span => {
    const from = at.get(worker) ?? 0;
    at.set(worker, Math.max(from, to));
    return { worker, from, to: Math.max(from, to) };
  };
  return [
    ...Array.from(started, ([worker, exchanges]) => upTo(worker, exchanges)),
    ...entries.map(({ worker, exchanges }) => upTo(worker, exchanges)),
    ...Array.from(started.keys(), (worker) => upTo(worker, Infinity)),
  ].filter(({ from, to }) => from < to);
}

/** Unexpected operations in the same order. */
export function unexpectedIn(
  spans: readonly Span[],
  seen: ReadonlyMap<number, readonly UnexpectedAt[]>,
): readonly UnexpectedAt[] {
  return spans.flatMap(({ worker, from, to }) =>
    (seen.get(worker) ?? []).filter(({ rank }) => rank >= from && rank < to),
  );
}
