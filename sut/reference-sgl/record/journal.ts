import type { RecordTrace } from './types.ts';

export interface RecordJournal {
  add(trace: RecordTrace): void;
  list(patientId?: string): readonly RecordTrace[];
}

const KEPT = 20_000;

/** What was done with the DMP and in whose name, oldest first; the oldest lines go when there are too many. */
export function createRecordJournal(): RecordJournal {
  const traces: RecordTrace[] = [];
  return {
    add(trace) {
      traces.push(trace);
      if (traces.length > KEPT) traces.splice(0, traces.length - KEPT);
    },
    list: (patientId) => traces.filter((trace) => patientId === undefined || trace.patientId === patientId),
  };
}
