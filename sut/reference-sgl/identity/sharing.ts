import type { Ins, Patient } from '../model/index.ts';

/**
 * The INS that may leave this system: that of a qualified identity, and only of a qualified one. Every channel asks here
 * (DMP, MSSanté, documents, HL7). Source: INS implementation guide, rule 28.
 */
export function shareableIns(patient: Pick<Patient, 'status' | 'ins'>): Ins | undefined {
  return patient.status === 'qualifiee' ? patient.ins : undefined;
}
