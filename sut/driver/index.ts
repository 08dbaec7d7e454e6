export { gestureContracts, type GestureContract } from './contract.ts';
export { createDriver } from './create-driver.ts';
export { SutError } from './errors.ts';
export type { Transport, TransportAnswer } from './transport.ts';
export type {
  Confidentiality,
  DashboardPeriod,
  DashboardState,
  DmpAccess,
  DmpConsent,
  DmpCriteria,
  DmpDifference,
  DmpExistence,
  DmpFed,
  DmpFound,
  DmpIntegrated,
  DmpPage,
  DmpState,
  DmpTrace,
  Prescriber,
  ReportAuthor,
  ReportStatus,
} from './dmp-types.ts';
export type { GestureInput, GestureName, GestureOutput, Gestures } from './gesture-types.ts';
export type { LoincAssignment, LoincCatalogue, LoincImport } from './loinc-types.ts';
export type {
  Correspondent,
  DirectoryState,
  MailKind,
  MailReceipt,
  MailState,
  MailTrace,
  ReceivedDocument,
} from './mail-types.ts';
export type { Analysis, Subcontractor, ValidatedReport } from './report-types.ts';
export type { Alert, IdentityDocument, IdentityStatus, Traits } from './identity-types.ts';
export type { InsiCallTrace, PatientState, SessionState, Transmission } from './state-types.ts';
export type { GestureResult, OneMethodPerGesture, ProductIdentity, SutDriver } from './types.ts';
