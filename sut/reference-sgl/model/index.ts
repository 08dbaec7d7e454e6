export { asSglError, describeError, Refusal, SglError } from './errors.ts';
export { documentKey } from './documents.ts';
export type {
  Audience,
  BuiltDocument,
  Confidentiality,
  ForeignIdentifier,
  IdentityDocument,
  IdentityFlag,
  IdentityProof,
  IdentityRole,
  IdentityStatus,
  Ins,
  InsiAuthentication,
  Patient,
  Professional,
  Report,
  Result,
  SglConfig,
  TlsIdentity,
  Traits,
  Transmission,
  TransmissionState,
} from './types.ts';
