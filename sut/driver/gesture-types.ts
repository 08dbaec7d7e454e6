import type {
  Alert,
  IdentityDocument,
  IdentityFlag,
  IdentityStatus,
  InsiAuthentication,
  Traits,
  VitaleCard,
} from './identity-types.ts';
import type { DmpGestures } from './dmp-gesture-types.ts';
import type {
  Confidentiality,
  DashboardPeriod,
  DashboardState,
  DmpState,
  DmpTrace,
  Prescriber,
  ReportAuthor,
  ReportStatus,
} from './dmp-types.ts';
import type { LoincCatalogue, LoincImport } from './loinc-types.ts';
import type { MailGestures } from './mail-gesture-types.ts';
import type { Correspondent, DirectoryState, MailState, MailTrace } from './mail-types.ts';
import type { Analysis, ValidatedReport } from './report-types.ts';
import type { PatientCriteria, PatientSummary, Settings } from './settings-types.ts';
import type {
  AccountState,
  IdentityTrace,
  InsiCallTrace,
  PatientState,
  SessionState,
  Transmission,
  WorklistTask,
} from './state-types.ts';

/** Gesture inputs and outputs, one entry per gesture. */
export interface Gestures extends DmpGestures, MailGestures {
  /** Hands over the addresses of the bench; a product configured by hand may answer `unsupported`. */
  configure: { input: { readonly addresses: unknown }; output: { readonly accepted: boolean } };
  registerPatient: {
    /** Fields may be missing on purpose: a product that refuses answers `refused`. */
    input: {
      readonly traits: Partial<Traits>;
      readonly document?: IdentityDocument;
      /** The patient died: nothing of the past is fed by itself (SC.DMP/HISTO.06). */
      readonly deceased?: boolean;
      readonly user?: string;
    };
    output: { readonly patientId: string; readonly status: IdentityStatus };
  };
  /** Changes the settings of the product, as its administrator would. */
  adjustSettings: { input: Settings; output: { readonly accepted: boolean } };
  /** The search in the product's own base, before an identity is created. */
  findPatients: { input: PatientCriteria; output: { readonly patients: readonly PatientSummary[] } };
  searchIns: {
    input: {
      readonly patientId: string;
      readonly mode: 'traits' | 'vitale';
      /** Given with the mode `vitale`. */
      readonly card?: VitaleCard;
      /** The product's own choice when absent. */
      readonly authentication?: InsiAuthentication;
      readonly user?: string;
    };
    output: {
      readonly status: IdentityStatus;
      /** CR code received, absent when INSi answered by a fault or not at all. */
      readonly returnCode?: string;
      /** What the product shows to its user. */
      readonly message: string;
      /** Absent: the product does not give them apart from its message, and a person must look at them. */
      readonly alerts?: readonly Alert[];
    };
  };
  validateIdentity: {
    input: { readonly patientId: string; readonly document: IdentityDocument; readonly user?: string };
    output: { readonly status: IdentityStatus };
  };
  /** Asks INSi whether identities are still right: one by one, or in one bulk request. */
  verifyIns: {
    input: {
      readonly patientIds: readonly string[];
      readonly mode: 'unitaire' | 'masse';
      readonly authentication?: InsiAuthentication;
      readonly user?: string;
    };
    output: {
      readonly results: readonly {
        readonly patientId: string;
        /** `OK`, `KO`, or the code of the fault. */
        readonly returned: string;
        readonly status: IdentityStatus;
      }[];
      readonly message: string;
      /** Absent: the product does not give them apart from its message, and a person must look at them. */
      readonly alerts?: readonly Alert[];
    };
  };
  flagIdentity: {
    input: {
      readonly patientId: string;
      readonly flag: IdentityFlag;
      readonly on: boolean;
      readonly user?: string;
    };
    output: { readonly status: IdentityStatus };
  };
  /** Changes traits by hand. A locked trait is `refused` to an ordinary user (rule 26). */
  modifyIdentity: {
    input: {
      readonly patientId: string;
      readonly changes: Partial<Traits>;
      readonly as: 'utilisateur' | 'super-utilisateur';
      readonly user?: string;
    };
    output: { readonly status: IdentityStatus; readonly message: string };
  };
  /**
   * The product gets ready to receive identity feeds (HL7 v2 over MLLP) and says where it listens; the bench then sends
   * the message itself, over the network.
   */
  receiveIdentityFeed: {
    input: Record<string, never>;
    output: {
      readonly host: string;
      readonly port: number;
      /** About identities received before, that nobody has dealt with yet. */
      readonly alerts?: readonly Alert[];
    };
  };
  /** The product emits an HL7 v2 message about this patient to its partners, of a kind that it chooses. */
  sendHl7Message: {
    input: { readonly patientId: string; readonly user?: string };
    output: { readonly controlId: string };
  };
  /** Opens the account of a professional; a product that covers it looks up the RPPS number by itself. */
  createAccount: {
    input: {
      readonly lastName: string;
      readonly firstName: string;
      /** G15 code. */
      readonly profession: string;
      readonly email?: string;
    };
    output: { readonly account: AccountState; readonly message: string };
  };
  validateReport: {
    input: {
      readonly patientId: string;
      readonly title: string;
      readonly analyses: readonly Analysis[];
      /** MSSanté addresses of the professionals who must receive the report. */
      readonly professionals: readonly string[];
      readonly sendToPatient: boolean;
      readonly sendToDmp: boolean;
      /** `complet` when absent. */
      readonly status?: ReportStatus;
      readonly confidentiality?: Confidentiality;
      /** Date of the act and of its report when it is of the past, ISO 8601 with offset or Z; now when absent. */
      readonly date?: string;
      /** Who wrote it, for a report of the past; the biologist when absent. */
      readonly author?: ReportAuthor;
      /** Absent: nobody is known to have asked for it. */
      readonly prescriber?: Prescriber;
      /** Report that the subcontractor sent. */
      readonly subcontractedReport?: { readonly fileName: string; readonly base64: string };
      readonly user?: string;
    };
    output: ValidatedReport;
  };
  login: {
    input: { readonly mode: 'psc' };
    /** Where the professional's browser must go to start; the bench plays the professional. */
    output: { readonly url: string };
  };
  logout: { input: { readonly user: string }; output: { readonly url?: string } };
  importDirectory: {
    input: Record<string, never>;
    output: {
      readonly read: number;
      readonly created: number;
      readonly updated: number;
      readonly rejected: number;
      /** Professionals who are no longer in the file, where the report counts them apart. */
      readonly left?: number;
      readonly report: string;
    };
  };
  /** Files that go to the LOINC transcoder. */
  exportLoinc: {
    input: { readonly file: 1 | 2 | 3; readonly user?: string };
    output: { readonly fileName: string; readonly base64: string };
  };
  /** Files that come back from it. */
  importLoinc: {
    input: { readonly file: 4 | 5 | 6; readonly fileName: string; readonly base64: string; readonly user?: string };
    output: LoincImport;
  };
  changeLoinc: {
    input: {
      readonly kind: 'chapter' | 'subChapter' | 'test' | 'analysis';
      readonly item: string;
      readonly code: string;
      readonly label?: string;
      readonly user?: string;
    };
    output: { readonly message: string };
  };
  /** What an administrator does to leave for another system. */
  exportHistory: {
    input: { readonly years: number; readonly user?: string };
    output: {
      readonly files: readonly { readonly path: string; readonly base64: string }[];
      /** What the documentation of the export lists. */
      readonly documentation: readonly { readonly name: string; readonly format: string; readonly location: string }[];
    };
  };
  searchMailbox: {
    input: { readonly rpps?: string; readonly name?: string };
    output: {
      readonly mailboxes: readonly { readonly address: string; readonly kind: string; readonly owner: string }[];
    };
  };
  readState: {
    input:
      | { readonly what: 'patient'; readonly patientId: string; readonly user?: string }
      | { readonly what: 'insi-calls'; readonly patientId?: string }
      | { readonly what: 'identity-traces'; readonly patientId: string }
      | { readonly what: 'worklist' }
      | { readonly what: 'accounts' }
      | { readonly what: 'transmissions'; readonly reportId: string }
      | { readonly what: 'sessions' }
      | { readonly what: 'dmp'; readonly patientId: string }
      | { readonly what: 'dmp-traces'; readonly patientId?: string }
      | { readonly what: 'mails' | 'mail-traces'; readonly mailbox?: string }
      | { readonly what: 'correspondents'; readonly patientId: string }
      | { readonly what: 'directory' }
      | { readonly what: 'loinc-catalogue' }
      | {
          readonly what: 'dashboard';
          readonly period: DashboardPeriod;
          readonly finess?: string;
          /** 11 digits. */
          readonly rpps?: string;
        };
    output: {
      readonly patient?: PatientState;
      readonly calls?: readonly InsiCallTrace[];
      readonly traces?: readonly IdentityTrace[];
      readonly tasks?: readonly WorklistTask[];
      readonly accounts?: readonly AccountState[];
      readonly transmissions?: readonly Transmission[];
      readonly sessions?: readonly SessionState[];
      readonly dmp?: DmpState;
      readonly dmpTraces?: readonly DmpTrace[];
      readonly dashboard?: DashboardState;
      readonly mails?: readonly MailState[];
      readonly mailTraces?: readonly MailTrace[];
      readonly correspondents?: readonly Correspondent[];
      readonly directory?: DirectoryState;
      readonly catalogue?: LoincCatalogue;
    };
  };
}

export type GestureName = keyof Gestures;
export type GestureInput<G extends GestureName> = Gestures[G]['input'];
export type GestureOutput<G extends GestureName> = Gestures[G]['output'];
