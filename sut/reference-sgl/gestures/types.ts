import type { CodedKind } from '../catalogue/index.ts';
import type { SearchCriteria } from '../identity/index.ts';
import type { VitaleCard } from '../insi/index.ts';
import type { Criteria, DashboardQuery, DocumentAction, HistoryOrder, WebPage } from '../record/index.ts';
import type {
  Confidentiality,
  IdentityDocument,
  IdentityFlag,
  IdentityRole,
  InsiAuthentication,
  ReportTexts,
  Subcontractor,
  Traits,
} from '../model/index.ts';

/** Inputs once judged by their schema; traits may be missing or empty. */
export interface GestureInputs {
  registerPatient: { traits: Partial<Traits>; document?: IdentityDocument; deceased?: boolean; user?: string };
  adjustSettings: {
    identityRole?: IdentityRole;
    trustedDomains?: string[];
    directCare?: boolean;
    automaticValidation?: boolean;
    strongDocuments?: IdentityDocument[];
    reportVersions?: 'unique' | 'professionnelle-et-patient';
    reportTexts?: ReportTexts;
    dmpHistoryRate?: number;
    mailSending?: 'automatique' | 'manuel';
    mailReplyTo?: { professionals?: string; patients?: string };
    patientReplies?: boolean;
    mailSender?: 'organisationnelle' | 'applicative';
    reportRoute?: 'directe' | 'hl7-oru' | 'hl7-oul' | 'hl7-mdm';
    directoryEveryHours?: number;
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
    analyses: AnalysisInput[];
    professionals: string[];
    sendToPatient: boolean;
    sendToDmp: boolean;
    status?: 'complet' | 'partiel';
    confidentiality?: Confidentiality;
    date?: string;
    prescriber?: { lastName: string; firstName: string; nationalId: string; profession?: string; mailbox: string };
    subcontractedReport?: { fileName: string; base64: string };
    author?: { lastName: string; firstName: string; nationalId?: string; profession?: string };
    user?: string;
  };
  replaceReport: {
    reportId: string;
    analyses: AnalysisInput[];
    title?: string;
    status?: 'complet' | 'partiel';
    user?: string;
  };
  deleteReport: { reportId: string; reason?: string; user?: string };
  blockDmp: { patientId: string; on: boolean; user?: string };
  receiveDocument: {
    patientId: string;
    title: string;
    typeCode: string;
    mediaType: string;
    base64: string;
    user?: string;
  };
  changeDmpDocument: { reportId: string; action: DocumentAction; user?: string };
  feedHistory: HistoryOrder & { user?: string };
  openDmpWeb: { patientId?: string; page: WebPage; user?: string };
  recordDmpConsent: { patientId: string; choice: 'accord' | 'opposition'; user?: string };
  searchDmp: { patientId: string; criteria: Criteria; user?: string };
  readDmpDocument: { patientId: string; uniqueId: string; integrate: boolean; user?: string };
  checkDmpAccess: { patientId: string; user?: string };
  sendReport: { reportId: string; professionals: string[]; toPatient: boolean; user?: string };
  sendMail: {
    mailbox?: string;
    to?: string[];
    patientId?: string;
    subject: string;
    text: string;
    html?: boolean;
    deliveryReceipt?: boolean;
    readReceipt?: boolean;
    noReply?: boolean;
    user?: string;
  };
  replyMail: { messageId: string; text: string; user?: string };
  fetchMail: { mailbox?: string; user?: string };
  openMail: { messageId: string; user?: string };
  deleteMail: { messageId: string; user?: string };
  recordMailRefusal: { patientId: string; towards: 'professionnels' | 'patient'; on: boolean; user?: string };
  addCorrespondent: { patientId: string; rpps: string; structure?: string; user?: string };
  refreshCorrespondent: { patientId: string; correspondentId: string; user?: string };
  login: object;
  logout: { user: string };
  importDirectory: object;
  exportLoinc: { file: 1 | 2 | 3; user?: string };
  importLoinc: { file: 4 | 5 | 6; fileName: string; base64: string; user?: string };
  exportHistory: { years: number; user?: string };
  changeLoinc: { kind: CodedKind; item: string; code: string; label?: string; user?: string };
  searchMailbox: { rpps?: string; name?: string };
  readState:
    | { what: 'patient'; patientId: string; user?: string }
    | { what: 'insi-calls'; patientId?: string }
    | { what: 'identity-traces'; patientId: string }
    | { what: 'worklist' }
    | { what: 'accounts' }
    | { what: 'transmissions'; reportId: string }
    | { what: 'sessions' }
    | { what: 'dmp'; patientId: string }
    | { what: 'dmp-traces'; patientId?: string }
    | { what: 'mails' | 'mail-traces'; mailbox?: string }
    | { what: 'correspondents'; patientId: string }
    | { what: 'directory' }
    | { what: 'loinc-catalogue' }
    | ({ what: 'dashboard' } & DashboardQuery);
}

export interface AnalysisInput {
  code: string;
  label: string;
  value: number;
  unit: string;
  low?: number;
  high?: number;
  accredited?: boolean;
  withoutReview?: boolean;
  performedBy?: Subcontractor;
}
