/** One call of INSi and what came back (rules 37 and 39), kept per user. */
export interface InsiCall {
  at: Date;
  user: string;
  patientId: string;
  operation: string;
  /** `00`, `01`, `02`, the code of the fault, or why nothing came. */
  returned: string;
  message: string;
  /** Data returned with a 00, in one line; empty otherwise. */
  data: string;
}

export interface InsiJournal {
  add(call: InsiCall): void;
  list(patientId?: string): readonly InsiCall[];
}

const KEPT = 20_000;

/** In memory; the oldest lines go when there are too many. */
export function createInsiJournal(): InsiJournal {
  const calls: InsiCall[] = [];
  return {
    add(call) {
      calls.push(call);
      if (calls.length > KEPT) calls.splice(0, calls.length - KEPT);
    },
    list: (patientId) => calls.filter((call) => patientId === undefined || call.patientId === patientId),
  };
}
