/** Sending a report to a patient, or to professionals: the two requirements that a mail of reports may serve. */
export const TO_PATIENT = 'MSS/va1.01';
export const TO_PROFESSIONALS = 'MSS/va1.21';
export const SENDING: readonly string[] = [TO_PATIENT, TO_PROFESSIONALS];

export const ECO = (number: string): string => `MSSanté, Référentiel socle #2 (clients), ECO.${number}`;

export const ABSENT = 'absent';
