import { createHash, verify } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';

/** A certificate said good is not asked about again before this, nor after the responder's own next update. */
const KEPT_MS = 10 * 60_000;
const MAX_BYTES = 64 * 1024;
const SHA1 = '1.3.14.3.2.26';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** Signature algorithms by OID: RSA and ECDSA with SHA-2. */
const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

const good = new Map<string, number>();

/**
 * Asks the responder that a certificate announces (AIA, RFC 6960) whether it was taken back. Only an answer that the
 * issuer signed, or a responder that it named, counts: without one the revocation list stands alone (ECO.1.1.6 wants one
 * or the other).
 */
export async function isRevokedByOcsp(
  leaf: X509Certificate,
  issuer: X509Certificate,
  timeoutMs: number,
): Promise<boolean> {
  const { AuthorityInfoAccessExtension } = await import('@peculiar/x509');
  const [responder] = leaf.getExtension(AuthorityInfoAccessExtension)?.ocsp ?? [];
  if (responder === undefined) return false;
  const key = `${responder.value} ${issuer.subject} ${leaf.serialNumber}`;
  if ((good.get(key) ?? 0) > Date.now()) return false;
  try {
    const answer = await ask(responder.value, leaf, issuer, timeoutMs);
    if (answer.state === 'good') good.set(key, Math.min(answer.until, Date.now() + KEPT_MS));
    return answer.state === 'revoked';
  } catch {
    return false;
  }
}

async function ask(
  url: string,
  leaf: X509Certificate,
  issuer: X509Certificate,
  timeoutMs: number,
): Promise<{ readonly state: 'good' | 'revoked' | 'unknown'; readonly until: number }> {
  const [asn, { AsnConvert, OctetString }, { AlgorithmIdentifier, Certificate }] = await Promise.all([
    import('@peculiar/asn1-ocsp'),
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ]);
  const authority = AsnConvert.parse(issuer.rawData, Certificate).tbsCertificate;
  const reqCert = new asn.CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA1, parameters: null }),
    issuerNameHash: new OctetString(sha1(AsnConvert.serialize(authority.subject))),
    issuerKeyHash: new OctetString(sha1(authority.subjectPublicKeyInfo.subjectPublicKey)),
    serialNumber: AsnConvert.parse(leaf.rawData, Certificate).tbsCertificate.serialNumber,
  });
  const request = new asn.OCSPRequest({
    tbsRequest: new asn.TBSRequest({ requestList: [new asn.Request({ reqCert })] }),
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/ocsp-request' },
    body: AsnConvert.serialize(request),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MAX_BYTES) throw new Error('no answer');
  const { responseBytes } = AsnConvert.parse(await response.arrayBuffer(), asn.OCSPResponse);
  if (responseBytes === undefined) throw new Error('the responder refused');
  const basic = AsnConvert.parse(responseBytes.response.buffer, asn.BasicOCSPResponse);
  const signers = [
    issuer,
    ...(await named(
      (basic.certs ?? []).map((one) => AsnConvert.serialize(one)),
      issuer,
    )),
  ];
  const signed = AsnConvert.serialize(basic.tbsResponseData);
  const digest = DIGESTS[basic.signatureAlgorithm.algorithm];
  if (!signers.some((signer) => hasSigned(signer, signed, basic.signature, digest))) throw new Error('not signed');
  const asked = Buffer.from(AsnConvert.serialize(reqCert));
  const single = basic.tbsResponseData.responses.find((one) =>
    asked.equals(Buffer.from(AsnConvert.serialize(one.certID))),
  );
  const until = single?.nextUpdate?.getTime() ?? Date.now();
  if (single === undefined || until < Date.now()) throw new Error('no answer about this certificate');
  const { certStatus } = single;
  if (certStatus.revoked !== undefined) return { state: 'revoked', until };
  return { state: certStatus.good === undefined ? 'unknown' : 'good', until };
}

/** Responders that the issuer named: a certificate of its own, made for signing OCSP answers. */
async function named(
  certificates: readonly ArrayBuffer[],
  issuer: X509Certificate,
): Promise<readonly X509Certificate[]> {
  const x509 = await import('@peculiar/x509');
  const read = certificates.slice(0, 5).map((raw) => new x509.X509Certificate(raw));
  const kept: X509Certificate[] = [];
  for (const one of read) {
    const usages = one.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [];
    if (usages.includes(OCSP_SIGNING) && (await one.verify({ publicKey: issuer.publicKey }))) kept.push(one);
  }
  return kept;
}

function hasSigned(
  signer: X509Certificate,
  data: ArrayBuffer,
  signature: ArrayBuffer,
  digest: string | undefined,
): boolean {
  if (digest === undefined) return false;
  const key = { key: Buffer.from(signer.publicKey.rawData), format: 'der', type: 'spki' } as const;
  return verify(digest, Buffer.from(data), key, Buffer.from(signature));
}

function sha1(bytes: ArrayBuffer): Buffer<ArrayBuffer> {
  return createHash('sha1').update(new Uint8Array(bytes)).digest();
}
