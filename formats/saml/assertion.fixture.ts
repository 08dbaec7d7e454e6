import { createHash, createSign, X509Certificate } from 'node:crypto';
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';

export interface Signer {
  /** PEM, leaf first. */
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Parts of an assertion as they are written; an empty text leaves the part out. */
export interface AssertionParts {
  readonly id: string;
  readonly version: string;
  readonly issueInstant: string;
  readonly issuer: string;
  readonly issuerFormat: string;
  readonly nameId: string;
  readonly notBefore: string;
  readonly notOnOrAfter: string;
  readonly authnInstant: string;
}

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ALGORITHMS = {
  sha256: {
    digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  },
  sha1: { digest: `${DSIG}sha1`, signature: `${DSIG}rsa-sha1` },
};

/** Subject of a certificate, RFC 2253 order. */
export function subjectOf({ certificatePem }: Signer): string {
  return new X509Certificate(certificatePem).subject.split('\n').toReversed().join(',');
}

/** An assertion that is not signed. */
export function assertionText(parts: AssertionParts): string {
  const { id, version, issueInstant, issuer, issuerFormat, nameId, notBefore, notOnOrAfter, authnInstant } = parts;
  const attribute = (name: string, value: string): string => (value === '' ? '' : ` ${name}="${escape(value)}"`);
  const conditions =
    notBefore + notOnOrAfter === ''
      ? ''
      : `<saml2:Conditions${attribute('NotBefore', notBefore)}${attribute('NotOnOrAfter', notOnOrAfter)}/>`;
  const statement =
    authnInstant === ''
      ? ''
      : `<saml2:AuthnStatement AuthnInstant="${authnInstant}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`;
  return (
    `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"${attribute('ID', id)}${attribute('IssueInstant', issueInstant)}${attribute('Version', version)}>` +
    `<saml2:Issuer${attribute('Format', issuerFormat)}>${escape(issuer)}</saml2:Issuer>` +
    `<saml2:Subject><saml2:NameID>${escape(nameId)}</saml2:NameID></saml2:Subject>${conditions}${statement}</saml2:Assertion>`
  );
}

/**
 * Signs an assertion (enveloped, exclusive canonical form) with libxml2 and node:crypto alone, so that what verifies is not
 * its own witness.
 */
export function signAssertion(assertion: string, signer: Signer, sha: 'sha256' | 'sha1' = 'sha256'): string {
  const id = / ID="([^"]*)"/.exec(assertion)?.[1] ?? '';
  const { digest, signature } = ALGORITHMS[sha];
  const digestValue = createHash(sha).update(canonical(assertion)).digest('base64');
  const info =
    `<ds:SignedInfo xmlns:ds="${DSIG}"><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${signature}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${DSIG}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${digest}"></ds:DigestMethod><ds:DigestValue>${digestValue}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = createSign(sha).update(canonical(info)).sign(signer.keyPem, 'base64');
  const certificate = new X509Certificate(signer.certificatePem).raw.toString('base64');
  const written =
    `<ds:Signature xmlns:ds="${DSIG}">${info.replace(` xmlns:ds="${DSIG}"`, '')}<ds:SignatureValue>${value}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;
  return assertion.replace('</saml2:Issuer>', `</saml2:Issuer>${written}`);
}

function canonical(xml: string): string {
  const document = XmlDocument.fromString(xml);
  try {
    return document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
  } finally {
    document.dispose();
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
