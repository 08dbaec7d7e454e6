import { RULES as SUBMISSION_RULES } from './rules.ts';
import { TD02_RULES } from './td02-rules.ts';

/** Rules on TD2.1 and on TD0.2. */
export const RULES = [...SUBMISSION_RULES, ...TD02_RULES] as const;

export { checkSubmission } from './check.ts';
export { checkExistenceTest } from './existence.ts';
export { isSignatureEntry, readSubmission } from './submission.ts';
export type { Submission, SubmissionReading, SubmittedDocument } from './submission.ts';
export type { SubmissionOptions, SubmissionRequest } from './types.ts';
