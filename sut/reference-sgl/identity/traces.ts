import type { IdentityStatus } from '../model/index.ts';

export type TraceKind =
  | 'creation'
  | 'consultation'
  | 'appel-insi'
  | 'modification'
  | 'changement-statut'
  | 'piece'
  | 'transmission';

/** Who touched which identity, when and how (rules 4, 16, 21, 31). Never holds a trait nor a number. */
export interface IdentityTrace {
  at: Date;
  user: string;
  patientId: string;
  kind: TraceKind;
  detail: string;
  /** For `changement-statut`. */
  from?: IdentityStatus;
  to?: IdentityStatus;
  /** Who received the INS, for `transmission`; absent when what was sent carried none. */
  partner?: string;
}

const KEPT = 20_000;

export interface IdentityTraces {
  add(trace: IdentityTrace): void;
  of(patientId: string): readonly IdentityTrace[];
}

/** In memory; the oldest lines go when there are too many. */
export function createIdentityTraces(faults: ReadonlySet<string> = new Set()): IdentityTraces {
  const traces: IdentityTrace[] = [];
  return {
    add(trace) {
      if (faults.has('ins-trace-anonyme')) traces.push({ ...trace, user: '' });
      else if (faults.has('ins-trace-auteur-unique')) traces.push({ ...trace, user: 'SYSTEME', detail: '' });
      else traces.push(trace);
      if (traces.length > KEPT) traces.splice(0, traces.length - KEPT);
    },
    of: (patientId) => traces.filter((trace) => trace.patientId === patientId),
  };
}
