import type { DetailedPeerCertificate } from 'node:tls';
import type { X509Crl } from '@peculiar/x509';
import { NetError } from './errors.ts';
import { isRevokedByOcsp } from './ocsp.ts';

/** Whether the responder that a certificate announces is asked, beside the list; `ignored`: asked, and not obeyed. */
export type OcspUse = 'asked' | 'ignored' | 'not-asked';

/** However far away its next update is, a list is asked for again after this. */
const KEPT_MS = 10 * 60_000;
const MAX_BYTES = 5 * 1024 * 1024;

const lists = new Map<string, { readonly crl: X509Crl; readonly until: number }>();

/**
 * Looks a server certificate up in the revocation list that it announces. A list that cannot be had, or is not its
 * issuer's, vouches for nothing: the certificate is refused all the same. One that announces no list is let through.
 * Where `ocsp` wants it, the responder is asked too: it knows of a revocation before the next list.
 * The last list is kept: while it has not expired, it serves when a newer one cannot be had (SC.MSS/CONF.22).
 *
 * @throws {NetError} `tls`, whose cause has the code `CERT_REVOKED`, `CRL_UNREACHABLE` or `CRL_FOREIGN`
 */
export async function refuseRevoked(
  certificate: DetailedPeerCertificate,
  timeoutMs: number,
  ocsp: OcspUse = 'not-asked',
): Promise<void> {
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
    const authority = issuer === undefined ? undefined : new x509.X509Certificate(issuer.raw);
    const key = authority?.publicKey;
    const isIssuers = async (list: X509Crl): Promise<boolean> =>
      key !== undefined && (await list.verify({ publicKey: key }));
    const crl = await listOf(url, x509.X509Crl, isIssuers, timeoutMs);
    const listed = crl.findRevoked(leaf) !== null;
    const told = !listed && authority !== undefined && ocsp !== 'not-asked';
    const taken = listed || (told && (await isRevokedByOcsp(leaf, authority, timeoutMs)) && ocsp !== 'ignored');
    if (taken) throw coded('CERT_REVOKED', `certificate ${leaf.serialNumber} is revoked`);
  } catch (cause) {
    throw new NetError('tls', { cause });
  }
}

async function listOf(
  url: string,
  Reader: new (raw: ArrayBuffer) => X509Crl,
  isIssuers: (list: X509Crl) => Promise<boolean>,
  timeoutMs: number,
): Promise<X509Crl> {
  const known = lists.get(url);
  if (known !== undefined && known.until > Date.now() && (await isIssuers(known.crl))) return known.crl;
  let crl: X509Crl;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    if (Number(answer.headers.get('content-length') ?? 0) > MAX_BYTES) throw new Error('too large');
    crl = new Reader(await answer.arrayBuffer());
    if (expiryOf(crl) <= Date.now()) throw new Error('expired list');
  } catch (cause) {
    if (known !== undefined && expiryOf(known.crl) > Date.now()) return known.crl;
    throw coded('CRL_UNREACHABLE', 'no list in force', cause);
  }
  // Kept once its signature was checked only: the list of somebody else never takes the place of a good one.
  if (!(await isIssuers(crl))) throw coded('CRL_FOREIGN', 'the list of somebody else');
  lists.set(url, { crl, until: Math.min(expiryOf(crl), Date.now() + KEPT_MS) });
  return crl;
}

/** A list that announces no update is in force until another one is had. */
function expiryOf(crl: X509Crl): number {
  return crl.nextUpdate?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function coded(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}
