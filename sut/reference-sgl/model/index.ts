export { asSglError, describeError, SglError } from './errors.ts';
export type {
  BuiltDocument,
  IdentityDocument,
  IdentityStatus,
  Ins,
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
