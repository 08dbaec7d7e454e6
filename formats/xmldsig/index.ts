export type { SignatureFault, SignatureVerification, VerifiedSignature } from './types.ts';
export { DSIG, isWhatWasSigned } from './covers.ts';
export { readDistinguishedName, sameDistinguishedName } from './distinguished-name.ts';
export { verifySignature } from './verify.ts';
