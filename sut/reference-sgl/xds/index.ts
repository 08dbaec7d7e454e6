export { type Submission, submitObjectsRequest, type SubmittedDocument, type SubmittedSignature } from './metadata.ts';
export { SIGNATURE_ID } from './metadata.ts';
export { patientCx } from './formats.ts';
