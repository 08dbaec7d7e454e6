import { guardAgainstRealPatients, viewsOf, type Collector } from '#evidence/index.ts';

/**
 * A collector that files nothing: a selftest wants verdicts, not proofs. The guard still speaks, since a piece that it
 * refuses turns a scenario red.
 */
export function guardOnly(knownIns: ReadonlySet<string>): Collector {
  return {
    async file(captures) {
      const refusals = [];
      for (const capture of captures) {
        refusals.push(...guardAgainstRealPatients(await viewsOf(capture.bytes, capture.mediaType), knownIns));
      }
      return { pieces: [], refusals };
    },
    withdraw: () => Promise.resolve(),
    setAside: () => Promise.resolve([]),
  };
}
