/** Documents that rules name as their source. */
export const HL7 = 'HL7 v2.5';
export const PAM = 'IHE PAM, extensions françaises';
export const CISIS = 'Annexe CI-SIS sur la prise en charge de l’INS dans les standards d’interopérabilité';

/** Requirements that the header of any message serves: outgoing PID, propagation of changes, documents for a hospital. */
export const OUTGOING = ['INS/va1.71', 'INS/va1.60', 'DOC/va1.20'] as const;

/** Requirements that the PID of any message serves. */
export const OUTGOING_PID = ['INS/va1.71', 'DOC/va1.20'] as const;
