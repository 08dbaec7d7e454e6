export type { SignatureFault, SignatureVerification, VerifiedSignature } from './types.ts';
export { DSIG, isWhatWasSigned } from './covers.ts';
export { readDistinguishedName, sameDistinguishedName } from './distinguished-name.ts';
export { isolateElement } from './isolate.ts';
export { verifySignature } from './verify.ts';
export { compareDigest, type DigestComparison } from './reference-digest.ts';
