import { createHash, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import 'reflect-metadata';
import { ContentInfo, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { id_ct_tstInfo, PKIStatus, TimeStampResp, TSTInfo } from '@peculiar/asn1-tsp';
import { chainTo, isTimestamping } from './authority.ts';
import { setOf } from './der.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
/** SigningCertificate names it by SHA-1, SigningCertificateV2 by SHA-256. */
const SIGNING_CERTIFICATES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.16.2.12': 'sha1',
  '1.2.840.113549.1.9.16.2.47': 'sha256',
};
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** Digests and signatures that an authority of today uses. */
const HASHES: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** Signature algorithms that name their digest; `rsaEncryption` and `id-ecPublicKey` leave it to the signer info. */
const SIGNATURES: Readonly<Record<string, string | undefined>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.1': undefined,
};

export interface JudgedTimestamp {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Subject of its certificate. */
  readonly authority: string;
  /** Whether its certificate leads to one that the reader trusts. */
  readonly trusted: boolean;
  /** Hex. */
  readonly nonce?: string;
}

export type TimestampJudgement =
  | { readonly ok: true; readonly timestamp: JudgedTimestamp }
  | { readonly ok: false; readonly problem: string; readonly code: 'refused' | 'invalid' | 'expired' };

/**
 * Judges the answer of a time-stamping authority (RFC 3161 §2.4.2, RFC 5652 §5.4).
 *
 * @param answer TimeStampResp, DER
 * @param document what was stamped
 * @param authorities certificates that are trusted, PEM; without any, the chain is not followed
 * @returns the problem in French
 */
export async function judgeTimestamp(
  answer: Uint8Array,
  document: Uint8Array,
  authorities: readonly string[],
): Promise<TimestampJudgement> {
  const invalid = (problem: string): TimestampJudgement => ({ ok: false, code: 'invalid', problem });
  let response: TimeStampResp;
  try {
    response = AsnConvert.parse(answer, TimeStampResp);
  } catch {
    return invalid('l’horodatage ne se lit pas (RFC 3161)');
  }
  const { status, statusString } = response.status;
  if (status !== PKIStatus.granted && status !== PKIStatus.grantedWithMods) {
    const said = [...(statusString ?? [])].join(' ').slice(0, 300);
    return { ok: false, code: 'refused', problem: `l’autorité a refusé d’horodater${said === '' ? '' : ` : ${said}`}` };
  }
  try {
    return judgeToken(response, document, authorities);
  } catch {
    return invalid('le jeton d’horodatage ne se lit pas (RFC 5652)');
  }
}

function judgeToken(
  { timeStampToken }: TimeStampResp,
  document: Uint8Array,
  authorities: readonly string[],
): TimestampJudgement {
  const invalid = (problem: string): TimestampJudgement => ({ ok: false, code: 'invalid', problem });
  if (timeStampToken === undefined) return invalid('l’autorité n’a pas donné de jeton');
  const content = AsnConvert.parse(AsnConvert.serialize(timeStampToken), ContentInfo);
  if (content.contentType !== SIGNED_DATA) return invalid('le jeton n’est pas signé');
  const signed = AsnConvert.parse(content.content, SignedData);
  const encapsulated = signed.encapContentInfo.eContent?.single?.buffer;
  if (signed.encapContentInfo.eContentType !== id_ct_tstInfo || encapsulated === undefined) {
    return invalid('le jeton ne porte pas d’horodatage');
  }
  const bytes = new Uint8Array(encapsulated);
  const info = AsnConvert.parse(bytes, TSTInfo);
  const imprint = new Uint8Array(info.messageImprint.hashedMessage.buffer);
  const expected = createHash('sha256').update(document).digest();
  if (info.messageImprint.hashAlgorithm.algorithm !== SHA256 || !sameBytes(imprint, expected)) {
    return invalid('l’horodatage porte sur un autre manifeste');
  }
  const [signer, ...others] = signed.signerInfos;
  if (signer === undefined || others.length > 0) return invalid('le jeton n’a pas un signataire et un seul');
  const certificates = certificatesOf(signed);
  const own = certificates.find((one) => isOf(one, signer));
  if (own === undefined) return invalid('le certificat de l’autorité n’est pas dans le jeton : demandez-le (certReq)');
  if (!namesItsCertificate(signer, own)) return invalid('le jeton ne nomme pas le certificat de l’autorité (RFC 5816)');
  if (!isSigned(bytes, signer, own)) return invalid('la signature de l’autorité ne vaut pas pour ce jeton');
  if (!isTimestamping(own)) return invalid(`le certificat « ${nameOf(own)} » n’est pas fait pour horodater`);
  if (info.genTime < own.validFromDate || info.genTime > own.validToDate) {
    return {
      ok: false,
      code: 'expired',
      problem: `le certificat « ${nameOf(own)} » n’était pas valable le ${info.genTime.toISOString()} : il l’est du ${own.validFromDate.toISOString()} au ${own.validToDate.toISOString()}`,
    };
  }
  const trusted = authorities.length > 0 && chainTo(own, certificates, authorities, info.genTime);
  if (authorities.length > 0 && !trusted) {
    return invalid(`le certificat « ${nameOf(own)} » ne remonte à aucune des autorités que vous avez données`);
  }
  const nonce = info.nonce === undefined ? undefined : Buffer.from(info.nonce).toString('hex');
  return {
    ok: true,
    timestamp: {
      at: info.genTime.toISOString(),
      authority: nameOf(own),
      trusted,
      ...(nonce === undefined ? {} : { nonce }),
    },
  };
}

function certificatesOf({ certificates }: SignedData): readonly X509Certificate[] {
  return [...(certificates ?? [])].flatMap(({ certificate }) =>
    certificate === undefined ? [] : [new X509Certificate(Buffer.from(AsnConvert.serialize(certificate)))],
  );
}

function isOf(certificate: X509Certificate, { sid }: SignerInfo): boolean {
  const serial = sid.issuerAndSerialNumber?.serialNumber;
  if (serial !== undefined) {
    return certificate.serialNumber.toLowerCase() === bareHex(new Uint8Array(serial));
  }
  const key = sid.subjectKeyIdentifier?.buffer;
  return key !== undefined && certificate.raw.includes(Buffer.from(key));
}

/** An INTEGER without the zero that keeps it positive. */
function bareHex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(?:00)+(?=.)/u, '');
}

/** The signature is over the signed attributes, which hold the digest of the content (RFC 5652 §5.4). */
function isSigned(content: Uint8Array, signer: SignerInfo, { publicKey }: X509Certificate): boolean {
  const signed = signer.signedAttrs ?? [];
  const digest = HASHES[signer.digestAlgorithm.algorithm];
  if (digest === undefined) return false;
  const attribute = (type: string): ArrayBuffer | undefined =>
    signed.find(({ attrType }) => attrType === type)?.attrValues[0];
  const said = attribute(MESSAGE_DIGEST);
  const type = attribute(CONTENT_TYPE);
  if (said === undefined || type === undefined) return false;
  const found = createHash(digest).update(content).digest();
  if (!sameBytes(new Uint8Array(AsnConvert.parse(said, OctetString).buffer), found)) return false;
  const algorithm = signer.signatureAlgorithm.algorithm;
  const known = Object.hasOwn(SIGNATURES, algorithm) ? (SIGNATURES[algorithm] ?? digest) : undefined;
  if (known === undefined) return false;
  // They are tagged [0] in the message, and signed as a SET, in DER.
  const attributes = setOf(signed.map((one) => Buffer.from(AsnConvert.serialize(one))));
  return verify(known, attributes, publicKey, new Uint8Array(signer.signature.buffer));
}

/** Otherwise another certificate of the same key could take its place (RFC 3161 §2.4.2, RFC 5816 §2.2.1). */
function namesItsCertificate({ signedAttrs = [] }: SignerInfo, { raw }: X509Certificate): boolean {
  return signedAttrs.some(({ attrType, attrValues }) => {
    const algorithm = SIGNING_CERTIFICATES[attrType];
    if (algorithm === undefined) return false;
    const hash = createHash(algorithm).update(raw).digest();
    return attrValues.some((value) => Buffer.from(value).includes(hash));
  });
}

function nameOf({ subject }: X509Certificate): string {
  return subject.replaceAll('\n', ', ').slice(0, 200);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
