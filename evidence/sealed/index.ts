export { SealError, type SealCode } from './errors.ts';
export { SEAL } from './manifest.ts';
export { openSigner, shownFingerprint, trustedFingerprint } from './signer.ts';
export type {
  About,
  Seal,
  SealedArchive,
  SealedEntry,
  SealProblem,
  Signer,
  Timestamper,
  Trust,
  Verification,
} from './types.ts';
export { verifySealed } from './verify.ts';
export { writeSealed } from './write.ts';
