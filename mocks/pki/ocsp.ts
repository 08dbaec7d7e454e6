import './x509.ts';
import { createHash, X509Certificate } from 'node:crypto';
import {
  BasicOCSPResponse,
  CertStatus,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  KeyHash,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
  type CertID,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate, CRLReason, CRLReasons } from '@peculiar/asn1-x509';
import { AUTHORITIES, AUTHORITY_NAMES, type AuthorityName } from './authorities.ts';
import type { Revocation } from './crl.ts';
import { signingKey } from './keys.ts';
import type { Manifest } from './make.ts';

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
};
const DAY = 24 * 3600 * 1000;

/** What the responder answered, for the journal. */
export interface OcspAnswer {
  readonly der: Uint8Array;
  readonly outcome: string;
}

/**
 * Answers an OCSP request (RFC 6960) about certificates of the test IGC-Santé, signed by the authority that issued
 * them. `good` for a serial that was issued and not revoked, `revoked`, `unknown` for any other.
 * @param request DER; anything else gives `malformedRequest`
 */
export async function answerOcsp(
  request: Uint8Array,
  manifest: Manifest,
  revoked: readonly Revocation[],
  at: Date,
): Promise<OcspAnswer> {
  let asked: OCSPRequest;
  try {
    asked = AsnConvert.parse(new Uint8Array(request), OCSPRequest);
  } catch {
    return refusal(OCSPResponseStatus.malformedRequest, 'requête OCSP illisible');
  }
  const ids = asked.tbsRequest.requestList.slice(0, 100).map((one) => one.reqCert);
  const issuers = ids.map((id) => issuerOf(id, manifest));
  const signer = issuers.find((issuer) => issuer !== undefined);
  if (signer === undefined) {
    return refusal(
      OCSPResponseStatus.unauthorized,
      "requête OCSP d'un certificat qui n'est pas de l'IGC-Santé de test",
    );
  }
  const states = ids.map((id, index) => stateOf(id, issuers[index], manifest, revoked));
  const authority = AsnConvert.parse(derOf(manifest.authorities[signer].certificate), Certificate);
  const nonce = asked.tbsRequest.requestExtensions?.filter((one) => one.extnID === id_pkix_ocsp_nonce) ?? [];
  const data = new ResponseData({
    responderID: new ResponderID({
      byKey: new KeyHash(
        createHash('sha1')
          .update(new Uint8Array(publicKeyBits(authority)))
          .digest(),
      ),
    }),
    producedAt: seconds(at),
    responses: states.map(
      ({ id, revocation, known }) =>
        new SingleResponse({
          certID: id,
          certStatus: statusOf(known, revocation),
          thisUpdate: seconds(at),
          nextUpdate: seconds(new Date(at.getTime() + DAY)),
        }),
    ),
    ...(nonce.length === 0 ? {} : { responseExtensions: nonce }),
  });
  const signature = await crypto.subtle.sign(
    'RSASSA-PKCS1-v1_5',
    await signingKey(manifest.authorities[signer].key),
    AsnConvert.serialize(data),
  );
  const basic = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256_WITH_RSA, parameters: null }),
    signature,
    certs: [authority],
  });
  const response = new OCSPResponse({
    responseStatus: OCSPResponseStatus.successful,
    responseBytes: new ResponseBytes({
      responseType: id_pkix_ocsp_basic,
      response: new OctetString(AsnConvert.serialize(basic)),
    }),
  });
  const words = states.map(({ serial, known, revocation }) => `${serial} ${wordOf(known, revocation)}`);
  return { der: new Uint8Array(AsnConvert.serialize(response)), outcome: `répondu OCSP : ${words.join(', ')}` };
}

function refusal(status: OCSPResponseStatus, sentence: string): OcspAnswer {
  const der = new Uint8Array(AsnConvert.serialize(new OCSPResponse({ responseStatus: status })));
  return { der, outcome: `refusé : ${sentence}` };
}

function issuerOf(id: CertID, manifest: Manifest): AuthorityName | undefined {
  const hash = HASHES[id.hashAlgorithm.algorithm];
  if (hash === undefined) return undefined;
  const wanted = Buffer.from(id.issuerKeyHash.buffer);
  return AUTHORITY_NAMES.filter((name) => name !== 'other').find((name) => {
    const authority = AsnConvert.parse(derOf(manifest.authorities[name].certificate), Certificate);
    return createHash(hash)
      .update(new Uint8Array(publicKeyBits(authority)))
      .digest()
      .equals(wanted);
  });
}

function stateOf(
  id: CertID,
  issuer: AuthorityName | undefined,
  manifest: Manifest,
  revoked: readonly Revocation[],
): { id: CertID; serial: string; known: boolean; revocation: Revocation | undefined } {
  const serial = Buffer.from(id.serialNumber)
    .toString('hex')
    .toUpperCase()
    .replace(/^(?:00)+/, '');
  const revocation = revoked.find((one) => one.issuer === issuer && one.serialNumber === serial);
  const known = issuer !== undefined && issuedBy(issuer, manifest).includes(serial);
  return { id, serial, known, revocation };
}

function issuedBy(issuer: AuthorityName, manifest: Manifest): readonly string[] {
  const certificates = [...Object.values(manifest.leaves), ...Object.values(manifest.authorities)];
  return certificates
    .map(({ certificate }) => new X509Certificate(certificate))
    .filter((one) => one.issuer.endsWith(`CN=${AUTHORITIES[issuer].commonName}`))
    .map((one) => one.serialNumber);
}

function statusOf(known: boolean, revocation: Revocation | undefined): CertStatus {
  if (!known) return new CertStatus({ unknown: null });
  if (revocation === undefined) return new CertStatus({ good: null });
  const revocationReason = new CRLReason(CRLReasons.keyCompromise);
  return new CertStatus({ revoked: new RevokedInfo({ revocationTime: seconds(revocation.at), revocationReason }) });
}

function wordOf(known: boolean, revocation: Revocation | undefined): string {
  if (!known) return 'inconnu';
  return revocation === undefined ? 'valide' : 'révoqué';
}

function publicKeyBits(certificate: Certificate): ArrayBuffer {
  return certificate.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey;
}

function derOf(certificatePem: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new X509Certificate(certificatePem).raw);
}

/** GeneralizedTime of OCSP has no fraction of a second (RFC 6960 §4.2.2.1). */
function seconds(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}
