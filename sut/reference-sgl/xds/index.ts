export { type Submission, submitObjectsRequest, type SubmittedDocument, type SubmittedSignature } from './metadata.ts';
export { SIGNATURE_ID, SUBMISSION_SET_ID, submitObjects } from './metadata.ts';
export { patientCx, specialty, xcn, xon } from './formats.ts';
export {
  association,
  type Classified,
  ENTRY,
  extrinsicObject,
  HAS_MEMBER,
  registryPackage,
  slot,
  SUBMISSION_SET,
  UPDATE_STATUS,
} from './ebrim.ts';
