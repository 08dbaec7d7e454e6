import type { IdentityDocument, Traits } from '../model/index.ts';

/** Inputs once judged by their schema. */
export interface GestureInputs {
  registerPatient: { traits: Traits };
  searchIns: { patientId: string; user?: string };
  validateIdentity: { patientId: string; document: IdentityDocument };
  validateReport: {
    patientId: string;
    title: string;
    analyses: { code: string; label: string; value: number; unit: string; low?: number; high?: number }[];
    professionals: string[];
    sendToPatient: boolean;
    sendToDmp: boolean;
  };
  login: object;
  logout: { user: string };
  importDirectory: object;
  searchMailbox: { rpps?: string; name?: string };
  readState:
    | { what: 'patient'; patientId: string }
    | { what: 'insi-calls'; patientId?: string }
    | { what: 'transmissions'; reportId: string }
    | { what: 'sessions' };
}
