export { gestureContracts, type GestureContract } from './contract.ts';
export { createDriver } from './create-driver.ts';
export { SutError } from './errors.ts';
export type { Transport, TransportAnswer } from './transport.ts';
export type {
  Analysis,
  GestureInput,
  GestureName,
  GestureOutput,
  GestureResult,
  Gestures,
  IdentityDocument,
  IdentityStatus,
  InsiCallTrace,
  OneMethodPerGesture,
  PatientState,
  ProductIdentity,
  SessionState,
  SutDriver,
  Traits,
  Transmission,
} from './types.ts';
