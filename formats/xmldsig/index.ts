export type { SignatureFault, SignatureVerification, VerifiedSignature } from './types.ts';
export { readDistinguishedName, sameDistinguishedName } from './distinguished-name.ts';
export { DSIG, verifySignature } from './verify.ts';
