import type { DetailedPeerCertificate } from 'node:tls';
import type { X509Crl } from '@peculiar/x509';
import { NetError } from './errors.ts';

/** However far away its next update is, a list is asked for again after this. */
const KEPT_MS = 10 * 60_000;
const MAX_BYTES = 5 * 1024 * 1024;

const lists = new Map<string, { readonly crl: X509Crl; readonly until: number }>();

/**
 * Looks a server certificate up in the revocation list that it announces. A list that cannot be had, or is not its
 * issuer's, vouches for nothing: the certificate is refused all the same. One that announces no list is let through.
 *
 * @throws {NetError} `tls`
 */
export async function refuseRevoked(certificate: DetailedPeerCertificate, timeoutMs: number): Promise<void> {
  // Loaded when a certificate is looked up only: it takes longer than the rest of the program to load.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const leaf = new x509.X509Certificate(certificate.raw);
  const [name] = (leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? []).flatMap(
    (point) => point.distributionPoint?.fullName ?? [],
  );
  const url = name?.uniformResourceIdentifier;
  if (url === undefined) return;
  // Absent where neither the server nor our authorities gave it.
  const issuer = certificate.issuerCertificate as DetailedPeerCertificate | undefined;
  try {
    const crl = await listOf(url, x509.X509Crl, timeoutMs);
    const key = issuer === undefined ? undefined : new x509.X509Certificate(issuer.raw).publicKey;
    if (key === undefined || !(await crl.verify({ publicKey: key }))) throw new Error('the list of somebody else');
    if (crl.findRevoked(leaf) !== null) throw new Error(`certificate ${leaf.serialNumber} is revoked`);
  } catch (cause) {
    throw new NetError('tls', { cause });
  }
}

async function listOf(url: string, Reader: new (raw: ArrayBuffer) => X509Crl, timeoutMs: number): Promise<X509Crl> {
  const known = lists.get(url);
  if (known !== undefined && known.until > Date.now()) return known.crl;
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  if (Number(answer.headers.get('content-length') ?? 0) > MAX_BYTES) throw new Error('too large');
  const crl = new Reader(await answer.arrayBuffer());
  const next = crl.nextUpdate?.getTime() ?? 0;
  lists.set(url, { crl, until: Math.min(next, Date.now() + KEPT_MS) });
  return crl;
}
