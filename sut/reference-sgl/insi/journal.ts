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
      const line = spoil(call, faults);
      if (!line) return;
      calls.push(line);
      if (calls.length > KEPT) calls.splice(0, calls.length - KEPT);
    },
    list: (patientId) => calls.filter((call) => patientId === undefined || call.patientId === patientId),
  };
}

/** What the faults leave of a line; undefined when they leave nothing. */
function spoil(call: InsiCall, faults: ReadonlySet<string>): InsiCall | undefined {
  if (faults.has('insi-sans-journal')) return undefined;
  const verification = call.mode === 'verification' || call.mode === 'verification-masse';
  const answered = /^(0\d|OK|KO)$/.test(call.returned);
  if (!answered && faults.has('insi-journal-sans-echec')) return undefined;
  const { mode, identity: _, ...poor } = call;
  if (verification && faults.has('insi-journal-sans-verdict')) return { ...call, returned: '', message: '' };
  if (!verification && faults.has('insi-journal-sans-retour')) return { ...call, returned: '', message: '' };
  if (faults.has('insi-journal-sans-auteur')) return { ...call, user: '' };
  if (faults.has('insi-journal-sans-mode')) return { ...call, mode: verification ? 'traits' : 'verification' };
  return faults.has('insi-journal-sans-donnees') ? { ...poor, mode } : call;
}
