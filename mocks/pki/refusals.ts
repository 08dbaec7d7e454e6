import type { Pki } from './types.ts';

export type CertificateRefusal = NonNullable<ReturnType<Pki['judge']>>;

/** Why a certificate is refused, as a French reader is told. */
export const CERTIFICATE_REFUSALS: Readonly<Record<CertificateRefusal, string>> = {
  expired: 'expiré',
  'not-yet-valid': 'pas encore valide',
  revoked: 'révoqué',
  'unknown-authority': 'émis par une autorité inconnue du banc',
};
