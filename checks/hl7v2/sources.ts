/** Documents that rules name as their source. */
export const HL7 = 'HL7 v2.5';
export const PAM = 'IHE PAM, extensions françaises';
export const CISIS = 'Annexe CI-SIS sur la prise en charge de l’INS dans les standards d’interopérabilité';

/** Requirements that any identity message serves: outgoing PID, and propagation of changes. */
export const OUTGOING = ['INS/va1.71', 'INS/va1.60'] as const;
