import { createHash, createSign, X509Certificate } from 'node:crypto';
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { SignedXml } from 'xml-crypto';
import type { Credential } from '../../pki/types.ts';
import { DSIG } from '../vocabulary.ts';

/** Subject of a credential, RFC 2253 order. */
export function subjectOf(credential: Credential): string {
  const lines = new X509Certificate(credential.certificatePem).subject.split('\n');
  return lines.toReversed().join(',');
}

function certificateText(credential: Credential): string {
  return new X509Certificate(credential.certificatePem).raw.toString('base64');
}

/** Signs a SAML assertion, enveloped, after its Issuer. */
export function signAssertion(assertion: string, credential: Credential, sha: 'sha1' | 'sha256' = 'sha256'): string {
  const signer = new SignedXml({
    privateKey: credential.keyPem,
    publicCert: credential.certificatePem.split(/(?<=-----END CERTIFICATE-----)/)[0] ?? '',
    signatureAlgorithm:
      sha === 'sha1'
        ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
        : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signer.addReference({
    xpath: '/*',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    digestAlgorithm:
      sha === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signer.computeSignature(assertion, {
    prefix: 'ds',
    location: { reference: "/*/*[local-name()='Issuer']", action: 'after' },
  });
  return signer.getSignedXml();
}

export interface ManifestItem {
  readonly oid: string;
  readonly digest: string;
  /** Algorithm of the transform that its reference announces; none when absent. */
  readonly transform?: string;
}

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const XADES = 'http://uri.etsi.org/01903/v1.1.1#';

/**
 * XAdES signature of a lot, made with libxml2 and node:crypto alone so that the mock's verifier is not its own witness.
 * @param digests of the documents, base64 SHA-1
 * @param bare without signed properties: no XAdES then
 */
export function signLot(
  lotOid: string,
  digests: readonly ManifestItem[],
  credential: Credential,
  bare = false,
): string {
  const reference = (uri: string, digest: string, type = '', transform = ''): string =>
    `<Reference${type === '' ? '' : ` Type="${type}"`} URI="${uri}">${transform === '' ? '' : `<Transforms><Transform Algorithm="${transform}"/></Transforms>`}<DigestMethod Algorithm="${SHA1}"/><DigestValue>${digest}</DigestValue></Reference>`;
  const manifest = `<Object><Manifest Id="IHEManifest">${[{ oid: lotOid, digest: 'AA==' }, ...digests].map((one: ManifestItem) => reference(`urn:oid:${one.oid}`, one.digest, '', one.transform)).join('')}</Manifest></Object>`;
  const properties = `<Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="#S0"><xades:SignedProperties Id="S0-SignedProperties"><xades:SignedSignatureProperties><xades:SigningTime>2026-01-05T10:00:00Z</xades:SigningTime></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></Object>`;
  const keyInfo = `<KeyInfo><X509Data><X509Certificate>${certificateText(credential)}</X509Certificate></X509Data></KeyInfo>`;
  const assemble = (manifestDigest: string, propertiesDigest: string, value: string): string =>
    `<Signature xmlns="${DSIG}" xmlns:unused="urn:unused" Id="S0"><SignedInfo><CanonicalizationMethod Algorithm="${C14N}"/>` +
    `<SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/>` +
    reference('#IHEManifest', manifestDigest, `${DSIG}Manifest`) +
    (bare ? '' : reference('#S0-SignedProperties', propertiesDigest, `${XADES}SignedProperties`)) +
    `</SignedInfo><SignatureValue>${value}</SignatureValue>${keyInfo}${manifest}${bare ? '' : properties}</Signature>`;
  const draft = assemble('', '', '');
  const digestOf = (xpath: string): string => createHash('sha1').update(canonical(draft, xpath)).digest('base64');
  const [m, p] = [digestOf('//*[@Id="IHEManifest"]'), bare ? '' : digestOf('//*[@Id="S0-SignedProperties"]')];
  const info = canonical(assemble(m, p, ''), '//*[local-name()="SignedInfo"]');
  return assemble(m, p, createSign('RSA-SHA1').update(info).sign(credential.keyPem, 'base64'));
}

function canonical(xml: string, xpath: string): string {
  const document = XmlDocument.fromString(xml);
  try {
    return document.get(xpath)?.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0 }) ?? '';
  } finally {
    document.dispose();
  }
}
