import { X509Certificate } from 'node:crypto';
import { ExtendedKeyUsageExtension, X509Certificate as DecodedCertificate } from '@peculiar/x509';

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const LONGEST_CHAIN = 8;

/** Whether a certificate is for time-stamping, and for nothing else, as RFC 3161 §2.3 asks. */
export function isTimestamping({ raw }: X509Certificate): boolean {
  const usage = new DecodedCertificate(new Uint8Array(raw)).getExtension(ExtendedKeyUsageExtension);
  return usage?.critical === true && usage.usages.length === 1 && usage.usages[0] === TIME_STAMPING;
}

/**
 * Whether a certificate leads to a trusted one, through those that came with it.
 *
 * @param trusted PEM; the certificate itself may be one
 * @param at each certificate on the way is valid then
 */
export function chainTo(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly string[],
  at: Date,
): boolean {
  const roots = trusted.flatMap(readCertificates);
  let current = certificate;
  for (let depth = 0; depth < LONGEST_CHAIN; depth += 1) {
    if (at < current.validFromDate || at > current.validToDate) return false;
    if (roots.some(({ fingerprint256 }) => fingerprint256 === current.fingerprint256)) return true;
    const issuer = [...roots, ...others].find((one) => one.ca && issued(one, current));
    if (issuer === undefined || issuer.fingerprint256 === current.fingerprint256) return false;
    current = issuer;
  }
  return false;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** Certificates of a PEM file; what is not one is left out. */
function readCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu) ?? [];
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}
