export { CERTIFICATE_REFUSALS } from './refusals.ts';
export { SERVICE_HOSTS } from './hosts.ts';
export { openPki } from './open-pki.ts';
export { startPki } from './start.ts';
export type { OpenedPki, OpenPkiOptions } from './open-pki.ts';
export { cardHolders, type Holders } from './profiles.ts';
export type { RunningPki, StartPkiOptions } from './start.ts';
export type { CertificateRefusal, CertificateUse, Credential, Pki } from './types.ts';
