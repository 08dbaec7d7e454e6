import { SignedXml } from 'xml-crypto';
import type { TestCredential } from '#formats/xmldsig/credential.fixture.ts';

const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export interface SigningParts {
  readonly credential: TestCredential;
  readonly hash?: 'sha1' | 'sha256';
}

const ALGORITHMS = {
  sha1: ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'http://www.w3.org/2000/09/xmldsig#sha1'],
  sha256: ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmlenc#sha256'],
} as const;

/** Signs the assertion of an envelope, after its Issuer. */
export function signAssertion(envelope: string, { credential, hash = 'sha256' }: SigningParts): string {
  const [signatureAlgorithm, digestAlgorithm] = ALGORITHMS[hash];
  const signer = new SignedXml({
    privateKey: credential.keyPem,
    signatureAlgorithm,
    canonicalizationAlgorithm: EXC,
    getKeyInfoContent: (args) => SignedXml.getKeyInfoContent({ ...args, publicCert: credential.certificatePem }),
  });
  const assertion = "//*[local-name()='Assertion']";
  signer.addReference({
    xpath: assertion,
    digestAlgorithm,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXC],
  });
  signer.computeSignature(envelope, {
    prefix: 'ds',
    location: { reference: `${assertion}/*[local-name()='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

const attribute = (name: string, value: string): string =>
  `<s:Attribute Name="${name}"><s:AttributeValue>${value}</s:AttributeValue></s:Attribute>`;
const role = (code: string, system: string): string =>
  `<Role xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="${code}" codeSystem="${system}" displayName="x"/>`;

export const ATTRIBUTES = [
  attribute('VIHF_Version', '3.0'),
  attribute('Identifiant_Structure', '10B0152872'),
  attribute('Secteur_Activite', 'SA25^1.2.250.1.71.4.2.4'),
  attribute('urn:oasis:names:tc:xspa:1.0:subject:subject-id', 'BLUE EVA'),
  `<s:Attribute Name="urn:oasis:names:tc:xacml:2.0:subject:role"><s:AttributeValue>${role('10', '1.2.250.1.71.1.2.7')}</s:AttributeValue><s:AttributeValue>${role('SM03', '1.2.250.1.71.4.2.5')}</s:AttributeValue></s:Attribute>`,
  attribute('Authentification_Mode', 'INDIRECTE'),
  attribute(
    'urn:oasis:names:tc:xacml:2.0:resource:resource-id',
    '279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH',
  ),
  attribute('Ressource_URN', 'urn:dmp'),
  '<s:Attribute Name="urn:oasis:names:tc:xspa:1.0:subject:purposeofuse"><s:AttributeValue><PurposeOfUse xmlns="urn:hl7-org:v3" code="normal" codeSystem="1.2.250.1.213.1.1.4.248"/></s:AttributeValue></s:Attribute>',
  attribute('LPS_Nom', 'MonSGL'),
  attribute('LPS_Version', '1.0'),
  attribute('LPS_ID_HOMOLOGATION_DMP', 'TEST-0001'),
].join('');

export const ISSUER = 'CN=labo.test,OU=10B0152872,O=LABO TEST,C=FR';

/** An envelope with a conforming assertion, not signed yet, and the given Body. */
export function envelopeWithVihf(body: string, headers = ''): string {
  return `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header>${headers}<o:Security xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" IssueInstant="2026-01-05T10:00:00.000Z" Version="2.0"><s:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">${ISSUER}</s:Issuer><s:Subject><s:NameID>899700000001</s:NameID></s:Subject><s:AuthnStatement AuthnInstant="2026-01-05T10:00:00Z"><s:AuthnContext><s:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient</s:AuthnContextClassRef></s:AuthnContext></s:AuthnStatement><s:AttributeStatement>${ATTRIBUTES}</s:AttributeStatement></s:Assertion></o:Security></soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;
}
