import type { CertificateRefusal } from './types.ts';

/** Why a certificate is refused, as a French reader is told. */
export const CERTIFICATE_REFUSALS: Readonly<Record<CertificateRefusal, string>> = {
  expired: 'expiré',
  'not-yet-valid': 'pas encore valide',
  revoked: 'révoqué',
  'wrong-profile': 'fait pour un autre usage',
  'unknown-authority': 'émis par une autorité inconnue du banc',
};
