import { ASKING_RULES } from './asking-rules.ts';
import { ASKED_RULES } from './asked-rules.ts';
import { COHERENCE_RULES } from './coherence/index.ts';
import { CONSULTATION_RULES } from './consultation/index.ts';
import { HISTORY_RULES } from './history/index.ts';
import { LIMIT_RULES } from './limit-rules.ts';
import { LIFE_RULES } from './life-rules.ts';
import { RULES as SUBMISSION_RULES } from './rules.ts';
import { RECORD_RULES } from './record-rules.ts';
import { SERIES_RULES } from './series/index.ts';
import { MESSAGE_RULES } from './message-rules.ts';
import { TD02_RULES } from './td02-rules.ts';
import { WEB_RULES } from './web-rules.ts';

/** Rules on what is sent to the DMP. */
export const RULES = [
  ...LIMIT_RULES,
  ...SUBMISSION_RULES,
  ...COHERENCE_RULES,
  ...TD02_RULES,
  ...MESSAGE_RULES,
  ...RECORD_RULES,
  ...ASKING_RULES,
  ...SERIES_RULES,
  ...ASKED_RULES,
  ...LIFE_RULES,
  ...WEB_RULES,
  ...CONSULTATION_RULES,
  ...HISTORY_RULES,
] as const;

export {
  overriddenBy,
  readCodeLists,
  SHIPPED_CODES,
  type CodedMetadata,
  type CodeList,
  type CodeLists,
  type CodeListsReading,
} from './code-lists.ts';
export { checkAskedConfidentiality, checkBlockedFeeding, checkTwoCopies, type HiddenCode } from './asked.ts';
export { checkSubmission } from './check.ts';
export { checkExistenceTest } from './existence.ts';
export { checkDeletion, checkReportStatus } from './life.ts';
export { documentsOfLot, type LotDocument } from './lot.ts';
export { checkDmpRequest, namesNoPatient, type DmpRequestOptions } from './request.ts';
export { isSignatureEntry, readSubmission } from './submission.ts';
export type { Submission, SubmissionReading, SubmittedDocument } from './submission.ts';
export type { SubmissionOptions, SubmissionRequest } from './types.ts';
export {
  envelopeBytes,
  readEnvelope,
  transactionOf,
  TRANSACTIONS,
  type DmpRequest,
  type DmpTransaction,
  type DmpTransactionName,
} from './transaction.ts';
export { checkDmpSeries, type SeriesOptions } from './series/index.ts';
export { checkWebAccess, checkWebVisit, type WebExpectation, type WebRequest } from './web-access.ts';
export { checkConsultation, type ConsultationOptions, type SearchCriteria } from './consultation/index.ts';
export { checkHistoryFeeding, checkHistoryRate, type HistoryOptions } from './history/index.ts';
