import { X509Certificate } from 'node:crypto';
import { AUTHORITY_NAMES, type AuthorityName } from './authorities.ts';
import type { Revocation } from './crl.ts';
import type { Manifest } from './make.ts';
import type { Pki } from './types.ts';

/** Makes the judge of the test IGC-Santé: who issued, then dates, then revocation. */
export function makeJudge(manifest: Manifest, revoked: readonly Revocation[]): Pki['judge'] {
  const trusted = AUTHORITY_NAMES.filter((name) => name !== 'other').map((name): [AuthorityName, X509Certificate] => [
    name,
    new X509Certificate(manifest.authorities[name].certificate),
  ]);
  return (der, at) => {
    const certificate = parse(der);
    const issuer = certificate === undefined ? undefined : findIssuer(certificate, trusted);
    if (certificate === undefined || issuer === undefined) return 'unknown-authority';
    if (at < certificate.validFromDate) return 'not-yet-valid';
    if (at > certificate.validToDate) return 'expired';
    const taken = revoked.some((one) => one.issuer === issuer && one.serialNumber === certificate.serialNumber);
    return taken ? 'revoked' : undefined;
  };
}

function findIssuer(
  certificate: X509Certificate,
  trusted: readonly (readonly [AuthorityName, X509Certificate])[],
): AuthorityName | undefined {
  return trusted.find(([, authority]) => {
    try {
      return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
    } catch {
      return false;
    }
  })?.[0];
}

function parse(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}
