import type { IdentityTraces, Patients } from '../identity/index.ts';
import type { Report } from '../model/index.ts';

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

/**
 * Why no mail about this report may go to these: the patient refused, or the report is hidden from them. Undefined when
 * it may. Source: MSS/va1.20, MSS/va1.22; confidentiality codes of the document (JDV_J58).
 */
export function heldMail(
  { patient, confidentiality = {} }: Report,
  towards: Towards,
  refusals: MailRefusals,
  faults: ReadonlySet<string>,
): string | undefined {
  const ignored =
    towards === 'patient' ? faults.has('mss-refus-patient-ignore') : faults.has('mss-refus-professionnels-ignore');
  if (refusals.has(patient.id, towards) && !ignored) return `Bloqué : le patient refuse ${WORDS[towards]}.`;
  const hidden = towards === 'patient' ? confidentiality.hiddenFromPatient : confidentiality.hiddenFromProfessionals;
  if (hidden !== true || faults.has('mss-masque-ignore')) return undefined;
  return towards === 'patient'
    ? 'Bloqué : le compte rendu est invisible au patient.'
    : 'Bloqué : le compte rendu est masqué aux professionnels.';
}
