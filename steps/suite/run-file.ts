import { writeWhole } from '#evidence/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';

/** `run.json` of a run that is under way. */
export interface RunFile {
  /**
   * Asks for the file to be written with what the run is worth by then. What is asked during a write is left to the next
   * one, so that a slow disk never has more than one of them to catch up with.
   */
  refresh(record: () => RunRecord): void;
  /** Resolves once all that was asked is on disk; throws the first error of a write. */
  settled(): Promise<void>;
}

/** Where the results go, at the first level of the document: no value of it can hold a line break. */
const EMPTY = '\n  "scenarios": []';

export function createRunFile(file: string): RunFile {
  // A result is written again with each later one: by the hundreds, making them text costs more than playing them.
  const texts = new WeakMap<ScenarioResult, Buffer>();
  let next: (() => RunRecord) | undefined;
  let busy = false;
  let work: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const write = async (): Promise<void> => {
    busy = true;
    try {
      for (let record = next; record !== undefined; record = next) {
        next = undefined;
        await writeWhole(file, recordBytes(record(), texts));
      }
    } catch (error) {
      failure ??= { error };
    }
    busy = false;
  };
  return {
    refresh(record) {
      next = record;
      if (!busy) work = write();
    },
    async settled() {
      await work;
      if (failure !== undefined) throw failure.error;
    },
  };
}

/**
 * The record as `JSON.stringify(record, null, 2)` writes it, with a line break at the end.
 *
 * @param texts results that are text already; completed
 */
export function recordBytes(record: RunRecord, texts: WeakMap<ScenarioResult, Buffer>): Buffer {
  const whole = `${JSON.stringify({ ...record, scenarios: [] }, null, 2)}\n`;
  if (record.scenarios.length === 0) return Buffer.from(whole);
  const at = whole.indexOf(EMPTY);
  const comma = Buffer.from(',');
  return Buffer.concat([
    Buffer.from(`${whole.slice(0, at)}\n  "scenarios": [`),
    ...record.scenarios.flatMap((result, rank) => [...(rank === 0 ? [] : [comma]), textOf(result, texts)]),
    Buffer.from(`\n  ]${whole.slice(at + EMPTY.length)}`),
  ]);
}

function textOf(result: ScenarioResult, texts: WeakMap<ScenarioResult, Buffer>): Buffer {
  const known = texts.get(result);
  if (known !== undefined) return known;
  const text = Buffer.from(`\n    ${JSON.stringify(result, null, 2).replaceAll('\n', '\n    ')}`);
  texts.set(result, text);
  return text;
}
