import type { InsiIdentity } from '../identity/index.ts';
import type { InsiAuthentication } from '../model/index.ts';
import type { InsiMode } from './types.ts';

/** One call of INSi and what came back (rules 4, 37, 39 and 48), kept per user. */
export interface InsiCall {
  at: Date;
  user: string;
  patientId: string;
  operation: string;
  mode: InsiMode;
  authentication: InsiAuthentication;
  /** `00`, `01`, `02`, `OK`, `KO`, the code of the fault, or why nothing came. */
  returned: string;
  message: string;
  /** What a return 00 brought, as received. */
  identity?: InsiIdentity;
}

export interface InsiJournal {
  add(call: InsiCall): void;
  list(patientId?: string): readonly InsiCall[];
}

const KEPT = 20_000;

/** In memory; the oldest lines go when there are too many. */
export function createInsiJournal(faults: ReadonlySet<string> = new Set()): InsiJournal {
  const calls: InsiCall[] = [];
  return {
    add(call) {
      if (faults.has('insi-sans-journal')) return;
      const { identity: _, ...poor } = call;
      calls.push(faults.has('insi-journal-sans-retour') ? { ...poor, returned: '', message: '' } : call);
      if (calls.length > KEPT) calls.splice(0, calls.length - KEPT);
    },
    list: (patientId) => calls.filter((call) => patientId === undefined || call.patientId === patientId),
  };
}
