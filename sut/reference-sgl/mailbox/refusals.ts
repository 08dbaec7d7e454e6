import type { IdentityTraces, Patients } from '../identity/index.ts';

/** To whom a patient does not want documents sent by secure mail. */
export type Towards = 'professionnels' | 'patient';

export interface MailRefusals {
  /** @throws {SglError} for an unknown patient */
  record(order: { patientId: string; towards: Towards; on: boolean }, user: string): { message: string };
  has(patientId: string, towards: Towards): boolean;
}

const WORDS: Readonly<Record<Towards, string>> = {
  professionnels: "l'envoi de ses documents aux professionnels par MSSanté",
  patient: "l'envoi de documents dans sa messagerie MSSanté",
};

/** What each patient refused; it may change at any time (MSS/va1.20, MSS/va1.22). */
export function createMailRefusals(deps: {
  patients: Patients;
  traces: IdentityTraces;
  now: () => Date;
}): MailRefusals {
  const refused = new Set<string>();
  return {
    record({ patientId, towards, on }, user) {
      const { id } = deps.patients.get(patientId);
      if (on) refused.add(`${id} ${towards}`);
      else refused.delete(`${id} ${towards}`);
      const message = on ? `Le patient refuse ${WORDS[towards]}.` : `Le patient accepte à nouveau ${WORDS[towards]}.`;
      deps.traces.add({ at: deps.now(), user, patientId: id, kind: 'modification', detail: message });
      return { message };
    },
    has: (patientId, towards) => refused.has(`${patientId} ${towards}`),
  };
}
