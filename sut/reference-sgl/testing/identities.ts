import { STRONG_DOCUMENTS, type IdentityRules, type InsiIdentity } from '../identity/index.ts';
import type { Patient } from '../model/index.ts';

/** Published fictive identity of the CI-SIS examples. */
export const PATIENT: Patient = {
  id: 'P1',
  localId: 'IPP1',
  traits: {
    birthName: 'PAT TROIS',
    firstNames: ['DOMINIQUE'],
    sex: 'F',
    birthDate: '1979-03-28',
    birthPlace: '51215',
    usedName: 'AUTRE',
  },
  status: 'provisoire',
  document: 'aucun',
  proof: 'aucune',
  flags: [],
  insHistory: [],
  identifiers: [],
  createdAt: new Date(0),
};

/** What INSi returns for it. */
export const RETURN: InsiIdentity = {
  ins: { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
  history: [],
  birthName: 'PAT-TROIS',
  firstName: 'DOMINIQUE',
  firstNameList: 'DOMINIQUE MARIE-LOUISE',
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '51215',
};

export const DOMAIN = '1.2.250.1.999.1.1.5';

/** Settings of the laboratory as installed, with these faults. */
export function testRules(faults: string[] = [], settings: Partial<IdentityRules['settings']> = {}): IdentityRules {
  return {
    settings: {
      strongDocuments: STRONG_DOCUMENTS,
      automaticValidation: true,
      role: 'referentiel',
      domain: DOMAIN,
      trustedDomains: [],
      directCare: true,
      dmpHistoryRate: 4,
      reportVersions: 'unique',
      reportTexts: {},
      mailSending: 'automatique',
      mailReplyTo: {},
      patientReplies: false,
      mailSender: 'organisationnelle',
      reportRoute: 'directe',
      directoryEveryHours: 24,
      ...settings,
    },
    faults: new Set(faults),
  };
}
