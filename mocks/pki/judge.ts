import { createHash, X509Certificate } from 'node:crypto';
import { AUTHORITY_NAMES, type AuthorityName } from './authorities.ts';
import type { Revocation } from './crl.ts';
import type { Manifest } from './make.ts';
import type { CertificateUse, Pki } from './types.ts';
import { x509 } from './x509.ts';

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';

/** A product shows the same few certificates at each connection; whoever sends others does not fill the memory. */
const MOST_KEPT = 256;

/** What the bytes of a certificate alone decide. */
interface Read {
  readonly certificate: X509Certificate;
  readonly issuer: AuthorityName;
  readonly isMadeFor: Readonly<Record<CertificateUse, boolean>>;
}

/** Makes the judge of the test IGC-Santé: who issued, then dates, then revocation, then what it was made for. */
export function makeJudge(manifest: Manifest, revoked: readonly Revocation[]): Pki['judge'] {
  const trusted = AUTHORITY_NAMES.filter((name) => name !== 'other').map((name): [AuthorityName, X509Certificate] => [
    name,
    new X509Certificate(manifest.authorities[name].certificate),
  ]);
  const known = new Map<string, Read | undefined>();
  const read = (der: Uint8Array): Read | undefined => {
    const key = createHash('sha256').update(der).digest('base64');
    if (known.has(key)) return known.get(key);
    if (known.size >= MOST_KEPT) known.clear();
    const found = readCertificate(der, trusted);
    known.set(key, found);
    return found;
  };
  return (der, at, use) => {
    const shown = read(der);
    if (shown === undefined) return 'unknown-authority';
    const { certificate, issuer } = shown;
    if (at < certificate.validFromDate) return 'not-yet-valid';
    if (at > certificate.validToDate) return 'expired';
    const taken = revoked.some((one) => one.issuer === issuer && one.serialNumber === certificate.serialNumber);
    if (taken) return 'revoked';
    return use === undefined || shown.isMadeFor[use] ? undefined : 'wrong-profile';
  };
}

/** @returns undefined when it is no certificate, or of no authority that is trusted */
function readCertificate(
  der: Uint8Array,
  trusted: readonly (readonly [AuthorityName, X509Certificate])[],
): Read | undefined {
  const certificate = parse(der);
  const issuer = certificate === undefined ? undefined : findIssuer(certificate, trusted);
  if (certificate === undefined || issuer === undefined) return undefined;
  const isFor = (use: CertificateUse): boolean => isMadeFor(certificate, use);
  return { certificate, issuer, isMadeFor: { client: isFor('client'), signature: isFor('signature') } };
}

/**
 * Key usages by profile (protocols.md §0.3): a TLS client authenticates, a signer commits itself (nonRepudiation). The
 * certificate of an authority is neither.
 */
function isMadeFor(certificate: X509Certificate, use: CertificateUse): boolean {
  if (certificate.ca) return false;
  const usages = new x509.X509Certificate(certificate.raw).getExtension(x509.KeyUsagesExtension)?.usages ?? 0;
  // `keyUsage` is how Node names the extended key usages.
  const extended: readonly string[] = certificate.keyUsage ?? [];
  return use === 'client'
    ? extended.includes(CLIENT_AUTHENTICATION) && (usages & x509.KeyUsageFlags.digitalSignature) !== 0
    : (usages & x509.KeyUsageFlags.nonRepudiation) !== 0;
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
