import type { PatientRecord } from './types.ts';

export interface RecordBook {
  of(patientId: string): PatientRecord;
  set(patientId: string, changes: Partial<PatientRecord>): PatientRecord;
}

/** What this system knows of the record of each patient, in memory. */
export function createRecordBook(): RecordBook {
  const records = new Map<string, PatientRecord>();
  const of = (patientId: string): PatientRecord =>
    records.get(patientId) ?? {
      existence: 'inconnu',
      access: 'inconnue',
      consent: 'non-recueilli',
      blocked: false,
      integrated: [],
    };
  return {
    of,
    set(patientId, changes) {
      const record = { ...of(patientId), ...changes };
      records.set(patientId, record);
      return record;
    },
  };
}
