import { judgeCapture, type Collector, type GuardRefusal } from '#evidence/index.ts';
import type { KnownPeople } from '#evidence/guard/index.ts';

/**
 * A collector that files nothing: a selftest wants verdicts, not proofs. The guard still speaks, since a piece that it
 * refuses turns a scenario red.
 */
export function guardOnly(known: KnownPeople): Collector {
  return {
    async file(captures) {
      const refusals: GuardRefusal[] = [];
      for (const capture of captures) refusals.push(...(await judgeCapture(capture, known)).refusals);
      return { pieces: [], refusals };
    },
    withdraw: () => Promise.resolve(),
    setAside: () => Promise.resolve([]),
  };
}
