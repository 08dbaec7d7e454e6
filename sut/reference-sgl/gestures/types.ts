import type { SearchCriteria } from '../identity/index.ts';
import type { VitaleCard } from '../insi/index.ts';
import type { IdentityDocument, IdentityFlag, IdentityRole, InsiAuthentication, Traits } from '../model/index.ts';

/** Inputs once judged by their schema; traits may be missing or empty. */
export interface GestureInputs {
  registerPatient: { traits: Partial<Traits>; document?: IdentityDocument; user?: string };
  adjustSettings: {
    identityRole?: IdentityRole;
    trustedDomains?: string[];
    directCare?: boolean;
    automaticValidation?: boolean;
    strongDocuments?: IdentityDocument[];
  };
  findPatients: SearchCriteria;
  searchIns: { patientId: string; card?: VitaleCard; authentication?: InsiAuthentication; user?: string };
  validateIdentity: { patientId: string; document: IdentityDocument; user?: string };
  verifyIns: {
    patientIds: string[];
    mode: 'unitaire' | 'masse';
    authentication?: InsiAuthentication;
    user?: string;
  };
  flagIdentity: { patientId: string; flag: IdentityFlag; on: boolean; user?: string };
  modifyIdentity: {
    patientId: string;
    changes: Partial<Traits>;
    as: 'utilisateur' | 'super-utilisateur';
    user?: string;
  };
  receiveIdentityFeed: object;
  sendHl7Message: { patientId: string; user?: string };
  createAccount: { lastName: string; firstName: string; profession: string; email?: string };
  validateReport: {
    patientId: string;
    title: string;
    analyses: { code: string; label: string; value: number; unit: string; low?: number; high?: number }[];
    professionals: string[];
    sendToPatient: boolean;
    sendToDmp: boolean;
    status?: 'complet' | 'partiel';
    confidentiality?: {
      hiddenFromProfessionals?: boolean;
      hiddenFromPatient?: boolean;
      hiddenFromLegalRepresentatives?: boolean;
    };
    date?: string;
    author?: { lastName: string; firstName: string; nationalId?: string; profession?: string };
    user?: string;
  };
  login: object;
  logout: { user: string };
  importDirectory: object;
  searchMailbox: { rpps?: string; name?: string };
  readState:
    | { what: 'patient'; patientId: string; user?: string }
    | { what: 'insi-calls'; patientId?: string }
    | { what: 'identity-traces'; patientId: string }
    | { what: 'worklist' }
    | { what: 'accounts' }
    | { what: 'transmissions'; reportId: string }
    | { what: 'sessions' };
}
