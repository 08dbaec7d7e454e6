import { RULES as SUBMISSION_RULES } from './rules.ts';
import { MESSAGE_RULES } from './message-rules.ts';
import { TD02_RULES } from './td02-rules.ts';

/** Rules on what is sent to the DMP. */
export const RULES = [...SUBMISSION_RULES, ...TD02_RULES, ...MESSAGE_RULES] as const;

export {
  CODED_METADATA,
  overriddenBy,
  readCodeLists,
  SHIPPED_CODES,
  type CodedMetadata,
  type CodeList,
  type CodeLists,
  type CodeListsReading,
} from './code-lists.ts';
export { checkSubmission } from './check.ts';
export { checkExistenceTest } from './existence.ts';
export { checkDmpRequest, type DmpRequestOptions } from './request.ts';
export { isSignatureEntry, readSubmission } from './submission.ts';
export type { Submission, SubmissionReading, SubmittedDocument } from './submission.ts';
export type { SubmissionOptions, SubmissionRequest } from './types.ts';
export {
  transactionOf,
  TRANSACTIONS,
  type DmpRequest,
  type DmpTransaction,
  type DmpTransactionName,
} from './transaction.ts';
