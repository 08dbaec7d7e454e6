import { SignedXml } from 'xml-crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential } from './credential.fixture.ts';
import { attribute, descendants, readXml } from '../xml/index.ts';
import { readDistinguishedName, sameDistinguishedName, verifySignature } from './index.ts';

const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

let certificate = '';
let key = '';

beforeAll(async () => {
  ({ certificatePem: certificate, keyPem: key } = await makeCredential('CN=TEST, O=LABO, C=FR'));
});

const DOCUMENT =
  '<s:E xmlns:s="urn:s" xmlns:unused="urn:u"><s:H><a:Assertion xmlns:a="urn:a" ID="_1"><a:V>valeur</a:V></a:Assertion></s:H><s:B/></s:E>';

function sign(xml = DOCUMENT, canonicalization = EXC): string {
  const signer = new SignedXml({
    privateKey: key,
    publicCert: certificate,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: canonicalization,
    getKeyInfoContent: (args) => SignedXml.getKeyInfoContent({ ...args, publicCert: certificate }),
  });
  signer.addReference({
    xpath: "//*[local-name()='Assertion']",
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: [ENVELOPED, canonicalization],
  });
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: "//*[local-name()='Assertion']", action: 'append' },
  });
  return signer.getSignedXml();
}

const PATH = '/E/H[1]/Assertion[1]/Signature[1]';
const code = (xml: string, path = PATH): string => {
  const result = verifySignature(Buffer.from(xml), path);
  return result.ok ? 'valid' : result.fault.code;
};

describe('verifySignature', () => {
  it.each([EXC, C14N])('verifies %s and gives back what was signed', (canonicalization) => {
    const result = verifySignature(Buffer.from(sign(DOCUMENT, canonicalization)), PATH);
    if (!result.ok) throw new Error(result.fault.message);
    expect(result.signature.signatureAlgorithm).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect(result.signature.digestAlgorithms).toEqual(['http://www.w3.org/2001/04/xmlenc#sha256']);
    const [signed] = result.signature.signed;
    expect(signed && attribute(signed, 'ID')).toBe('_1');
    expect(signed?.text).toBe('valeur');
  });

  it('answers the same when asked again, and anew for a byte or a place that differs', () => {
    const signed = sign(DOCUMENT);
    const first = verifySignature(Buffer.from(signed), PATH);
    expect(first.ok).toBe(true);
    // Far more than it keeps, between the two.
    for (let n = 0; n < 60; n += 1) verifySignature(Buffer.from(`<other>${n}</other>`), PATH);
    expect(verifySignature(Buffer.from(signed), PATH)).toEqual(first);
    expect(verifySignature(Buffer.from(signed.replace('</', ' </')), PATH).ok).toBe(false);
    expect(verifySignature(Buffer.from(signed), `${PATH}/X[1]`).ok).toBe(false);
    expect(verifySignature(Buffer.from(signed), PATH).ok).toBe(true);
  });

  it('says what is wrong', () => {
    const signed = sign();
    expect(code(signed.replace('valeur', 'autre'))).toBe('SIGNATURE_INVALID');
    expect(code(signed.replace(/(<ds:SignatureValue>)..../, '$1AAAA'))).toBe('SIGNATURE_INVALID');
    expect(code(signed.replace(/<ds:X509Certificate>.*<\/ds:X509Certificate>/, ''))).toBe('SIGNATURE_CERTIFICATE');
    expect(code(signed.replace(/(<ds:X509Certificate>).*(<\/ds:X509Certificate>)/, '$1AAAA$2'))).toBe(
      'SIGNATURE_CERTIFICATE',
    );
    expect(code(signed.replace('xmldsig-more#rsa-sha256', 'xmldsig-more#rsa-md5'))).toBe('SIGNATURE_UNSUPPORTED');
    expect(code(DOCUMENT)).toBe('SIGNATURE_ABSENT');
    expect(code(signed, '/E/H[1]')).toBe('SIGNATURE_ABSENT');
    expect(code('<a>')).toBe('SIGNATURE_UNSUPPORTED');
  });

  it('refuses a second element of the signed id', () => {
    const wrapped = sign().replace('<s:B/>', '<s:B><x ID="_1"/></s:B>');
    expect(code(wrapped)).toBe('SIGNATURE_INVALID');
  });

  it('shows a wrapping: what was signed is not the element that carries the signature', () => {
    const signed = sign();
    const original = /<a:Assertion.*<\/a:Assertion>/.exec(DOCUMENT)?.[0] ?? '';
    const forged = signed
      .replace('ID="_1"', 'ID="_2"')
      .replace('>valeur<', '>fausse<')
      .replace('<s:B/>', `<s:B>${original}</s:B>`);
    const result = verifySignature(Buffer.from(forged), PATH);
    if (!result.ok) throw new Error(result.fault.message);
    expect(result.signature.signed.map((e) => e.text)).toEqual(['valeur']);
    const reading = readXml(forged);
    expect(reading.ok && descendants(reading.root, 'V')[0]?.text).toBe('fausse');
  });
});

describe('distinguished names', () => {
  const nodeStyle = 'C=FR\nST=Paris (75)\nO=LABO, TEST\nOU=10B0152872\nCN=dmp.labo';
  it.each([
    'CN=dmp.labo,OU=10B0152872,O=LABO\\, TEST,ST=Paris (75),C=FR',
    'C=FR, ST=Paris (75), O="LABO, TEST", OU=10B0152872, CN=dmp.labo',
    '/C=FR/ST=Paris (75)/O=LABO, TEST/OU=10B0152872/CN=dmp.labo',
    'cn=DMP.labo, 2.5.4.11=10B0152872, OID.2.5.4.10=LABO\\2C TEST, S=Paris (75), C=fr',
  ])('%s is the same name', (text) => {
    expect(sameDistinguishedName(text, nodeStyle)).toBe(true);
  });

  it('reads multi-valued RDNs and escaped UTF-8', () => {
    expect(readDistinguishedName('C=FR, CN=899700000001 + SN=DURAND\\C3\\89 + GN=ZO\\C3\\89')).toEqual([
      'C=FR',
      'CN=899700000001',
      'SN=DURANDÉ',
      'GN=ZOÉ',
    ]);
  });

  it('does not confuse other names, nor nothing with nothing', () => {
    expect(sameDistinguishedName('CN=a, C=FR', 'CN=b, C=FR')).toBe(false);
    expect(sameDistinguishedName('CN=a, C=FR', 'CN=a')).toBe(false);
    expect(sameDistinguishedName('', '')).toBe(false);
  });
});
