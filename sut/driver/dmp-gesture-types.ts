import type {
  DmpAccess,
  DmpConsent,
  DmpCriteria,
  DmpDifference,
  DmpExistence,
  DmpFound,
  DmpPage,
  ReportStatus,
} from './dmp-types.ts';
import type { Analysis, ValidatedReport } from './report-types.ts';

/** The gestures about the shared record, one entry per gesture. */
export interface DmpGestures {
  /** A report already validated is corrected or completed: a new version takes its place everywhere. */
  replaceReport: {
    input: {
      readonly reportId: string;
      readonly analyses: readonly Analysis[];
      readonly title?: string;
      readonly status?: ReportStatus;
      readonly user?: string;
    };
    output: ValidatedReport;
  };
  /** A report is taken back from the DMP (TD3.3c). */
  deleteReport: {
    input: { readonly reportId: string; readonly reason?: string; readonly user?: string };
    output: { readonly message: string };
  };
  /** Feeding of the DMP is blocked for a patient, or allowed again. */
  blockDmp: {
    input: { readonly patientId: string; readonly on: boolean; readonly user?: string };
    output: { readonly message: string };
  };
  /** A document comes in from elsewhere (a letter), which the product feeds as CDA N1 (DMP/va1.01). */
  receiveDocument: {
    input: {
      readonly patientId: string;
      readonly title: string;
      /** LOINC or French local code. */
      readonly typeCode: string;
      readonly mediaType: string;
      readonly base64: string;
      readonly user?: string;
    };
    /** Takes the place of a `reportId` in `readState` and in the gestures about a document. */
    output: { readonly documentId: string };
  };
  /** Changes what the DMP shows of a document already fed (TD3.3a, TD3.3b, TD3.3d). */
  changeDmpDocument: {
    input: {
      readonly reportId: string;
      readonly action: 'masquer' | 'demasquer' | 'montrer-au-patient' | 'archiver' | 'desarchiver';
      readonly user?: string;
    };
    output: { readonly message: string };
  };
  /** Feeds the DMP with documents of the past (SC.DMP/HISTO). */
  feedHistory: {
    input: {
      readonly patientId: string;
      /** Dates of the act, `YYYY-MM-DD`, both included. */
      readonly from: string;
      readonly to: string;
      /** typeCode of the documents to feed; all when absent. */
      readonly kinds?: readonly string[];
      /** Only these, chosen by the user; all when absent. */
      readonly reportIds?: readonly string[];
      readonly user?: string;
    };
    output: {
      readonly documents: readonly {
        readonly reportId: string;
        readonly state: 'transmis' | 'deja-transmis' | 'refuse' | 'bloque';
        readonly message: string;
      }[];
    };
  };
  /** Opens a page of the DMP in the user's browser (TD0.9); the bench plays the browser. */
  openDmpWeb: {
    input: { readonly patientId?: string; readonly page: DmpPage; readonly user?: string };
    output: {
      readonly request: {
        readonly method: string;
        readonly url: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: string;
      };
    };
  };
  recordDmpConsent: {
    input: {
      readonly patientId: string;
      readonly choice: Exclude<DmpConsent, 'non-recueilli'>;
      readonly user?: string;
    };
    output: { readonly message: string };
  };
  searchDmp: {
    input: { readonly patientId: string; readonly criteria: DmpCriteria; readonly user?: string };
    output: { readonly documents: readonly DmpFound[]; readonly message: string };
  };
  /** Opens a document of the DMP, and keeps it in the patient's file when asked to. */
  readDmpDocument: {
    input: {
      readonly patientId: string;
      readonly uniqueId: string;
      readonly integrate: boolean;
      readonly user?: string;
    };
    output: {
      readonly integrated: boolean;
      readonly alreadyHere: boolean;
      readonly origin?: string;
      readonly message: string;
    };
  };
  /** Tests the existence of the record and the access of the user to it (TD0.2), and opens it when the patient agreed (TD0.3). */
  checkDmpAccess: {
    input: { readonly patientId: string; readonly user?: string };
    output: {
      readonly exists: DmpExistence;
      readonly access: DmpAccess;
      readonly message: string;
      /** Identity held otherwise by the DMP. */
      readonly differences?: readonly DmpDifference[];
    };
  };
}
