import { createHash } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { writeMtom } from '#formats/mime/index.ts';
import { canonicalXml } from '#formats/xml/index.ts';
import type { TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { envelopeWithVihf, signAssertion } from '../vihf/message.fixture.ts';

export const LOT = '1.2.250.1.999.1.1';
export const DOCUMENT = '1.2.250.1.999.1.2';
const SIGNATURE = '1.2.250.1.999.1.3';
const INS = '279035121518989';
const CX = `${INS}^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH`;
const XCN = '899700000001^BLUE^EVA^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^D^^^IDNPS';
const XON = 'LABO TEST^^^^^&amp;1.2.250.1.71.4.2.2&amp;ISO^IDNST^^^10B0152872';

export const CDA = `<ClinicalDocument xmlns="urn:hl7-org:v3"><realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><templateId root="2.16.840.1.113883.2.8.2.1"/><id root="${DOCUMENT}"/><code code="11502-2" codeSystem="2.16.840.1.113883.6.1"/><title>CR</title><effectiveTime value="20260105110000+0100"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="fr-FR"/><recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="${INS}"/></patientRole></recordTarget><component><nonXMLBody><text mediaType="application/pdf" representation="B64">JVBERi0=</text></nonXMLBody></component></ClinicalDocument>`;

const slot = (name: string, ...values: string[]): string =>
  `<Slot name="${name}"><ValueList>${values.map((value) => `<Value>${value}</Value>`).join('')}</ValueList></Slot>`;
const coded = (scheme: string, of: string, code: string, system: string, label = 'Libellé'): string =>
  `<Classification classificationScheme="urn:uuid:${scheme}" classifiedObject="${of}" nodeRepresentation="${code}">${slot('codingScheme', system)}<Name><LocalizedString value="${label}"/></Name></Classification>`;
const author = (scheme: string, of: string): string =>
  `<Classification classificationScheme="urn:uuid:${scheme}" classifiedObject="${of}" nodeRepresentation="">${slot('authorPerson', XCN)}${slot('authorInstitution', XON)}${slot('authorSpecialty', 'G15_10/SM03^Médecin^1.2.250.1.213.1.1.4.5')}</Classification>`;
const identifier = (scheme: string, of: string, value: string): string =>
  `<ExternalIdentifier registryObject="${of}" identificationScheme="urn:uuid:${scheme}" value="${value}"><Name><LocalizedString value="id"/></Name></ExternalIdentifier>`;
const association = (type: string, source: string, target: string, content = ''): string =>
  `<Association associationType="${type}" sourceObject="${source}" targetObject="${target}">${content}</Association>`;
const HAS_MEMBER = 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember';
const NAME = '<Name><LocalizedString value="CR"/></Name>';
const ENTRY_ATTRIBUTES = 'mimeType="text/xml" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"';

function list(bytes: Uint8Array): string {
  const hash = createHash('sha1').update(bytes).digest('hex');
  return [
    `<RegistryPackage id="SS">${slot('submissionTime', '20260105100000')}`,
    author('a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', 'SS'),
    coded('aa543740-bdda-424e-8c96-df4873be8500', 'SS', '07', '1.2.250.1.213.2.2'),
    '<Classification classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd" classifiedObject="SS"/>',
    identifier('6b5aea1a-874d-4603-a4bc-96a0a7b38446', 'SS', CX),
    identifier('554ac39e-e3fe-47fe-b233-965d2a147832', 'SS', '1.2.250.1.999.1'),
    identifier('96fdda7c-d067-4183-912e-bf5ee74998a8', 'SS', LOT),
    '</RegistryPackage>',
    `<ExtrinsicObject id="D1" ${ENTRY_ATTRIBUTES}>${slot('creationTime', '20260105100000')}${slot('languageCode', 'fr-FR')}${slot('legalAuthenticator', XCN)}${slot('serviceStartTime', '20260105070000')}${slot('sourcePatientId', '42^^^&amp;1.2.250.1.999.2&amp;ISO^PI')}`,
    slot('sourcePatientInfo', 'PID-5|PAT-TROIS^DOMINIQUE^^^^^L', 'PID-7|19790328', 'PID-8|F'),
    `${slot('hash', hash)}${slot('size', String(bytes.byteLength))}${NAME}`,
    author('93606bcf-9494-43ec-9b4e-a7748d1a838d', 'D1'),
    coded('41a5887f-8865-4c09-adf7-e362475b143a', 'D1', '10', '1.2.250.1.213.1.1.4.1'),
    coded('f0306f51-975f-434e-a61c-c59651d33983', 'D1', '11502-2', '2.16.840.1.113883.6.1'),
    coded('a09d5840-386c-46f2-b5ad-9c3699a4309d', 'D1', 'urn:ihe:iti:xds-sd:pdf:2008', '1.3.6.1.4.1.19376.1.2.3'),
    coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'D1', 'N', '2.16.840.1.113883.5.25'),
    coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'D1', 'INVISIBLE_PATIENT', '1.2.250.1.213.1.1.4.13'),
    coded('f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1', 'D1', 'SA25', '1.2.250.1.71.4.2.4'),
    coded('cccf5598-8b07-4b77-a05e-ae952c785ead', 'D1', 'AMBULATOIRE', '1.2.250.1.213.1.1.4.9'),
    identifier('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'D1', CX),
    identifier('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'D1', DOCUMENT),
    '</ExtrinsicObject>',
    `<ExtrinsicObject id="S1" ${ENTRY_ATTRIBUTES}>${slot('creationTime', '20260105100000')}${slot('languageCode', 'art')}${slot('sourcePatientId', CX)}<Name><LocalizedString value="Source"/></Name>`,
    coded('41a5887f-8865-4c09-adf7-e362475b143a', 'S1', 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'URN'),
    coded('f0306f51-975f-434e-a61c-c59651d33983', 'S1', 'E1762', 'ASTM'),
    coded('a09d5840-386c-46f2-b5ad-9c3699a4309d', 'S1', 'http://www.w3.org/2000/09/xmldsig#', 'URN'),
    coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'S1', 'N', '2.16.840.1.113883.5.25'),
    coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'S1', 'MASQUE_PS', '1.2.250.1.213.1.1.4.13'),
    coded('f4f85eac-e6cb-4883-b524-f2705394840f', 'S1', 'INVISIBLE_PATIENT', '1.2.250.1.213.1.1.4.13'),
    coded('2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4', 'S1', '1.2.840.10065.1.12.1.14', '1.2.840.10065.1.12', 'Source'),
    identifier('58a6f841-87b3-4a3e-92fd-a8ffeff98427', 'S1', CX),
    identifier('2e82c1f6-a085-4c72-9da3-8640a32e42ab', 'S1', SIGNATURE),
    '</ExtrinsicObject>',
    association(HAS_MEMBER, 'SS', 'D1', slot('SubmissionSetStatus', 'Original')),
    association(HAS_MEMBER, 'SS', 'S1', slot('SubmissionSetStatus', 'Original')),
    association('urn:ihe:iti:2007:AssociationType:signs', 'S1', 'SS'),
  ].join('\n');
}

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** The manifest before it is signed: the set, and the document in canonical form. */
export function manifest(document: Uint8Array): string {
  const digest = createHash('sha1')
    .update(canonicalXml(document, { comments: true }) ?? '')
    .digest('base64');
  const reference = (oid: string, value: string, transforms = ''): string =>
    `<ds:Reference URI="urn:oid:${oid}">${transforms}<ds:DigestMethod Algorithm="${DSIG}sha1"/><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;
  return `<ds:Manifest xmlns:ds="${DSIG}" Id="IHEManifest">${reference(LOT, 'AA==')}${reference(DOCUMENT, digest, `<ds:Transforms><ds:Transform Algorithm="${C14N}"/></ds:Transforms>`)}</ds:Manifest>`;
}

const XADES = 'http://uri.etsi.org/01903/v1.1.1#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** Signed properties of XAdES before they are signed. */
function qualifyingProperties({ der }: TestCredential): string {
  const digest = createHash('sha256').update(der).digest('base64');
  return `<xad:QualifyingProperties xmlns:xad="${XADES}" xmlns:ds="${DSIG}" Target="#Signature01"><xad:SignedProperties Id="S0-SignedProperties"><xad:SignedSignatureProperties><xad:SigningTime>2026-01-05T10:00:00Z</xad:SigningTime><xad:SigningCertificate><xad:Cert><xad:CertDigest><xad:DigestMethod Algorithm="${SHA256}"/><xad:DigestValue>${digest}</xad:DigestValue></xad:CertDigest></xad:Cert></xad:SigningCertificate><xad:SignaturePolicyIdentifier><xad:SignaturePolicyImplied/></xad:SignaturePolicyIdentifier></xad:SignedSignatureProperties></xad:SignedProperties></xad:QualifyingProperties>`;
}

const PURPOSE = `<ds:SignatureProperties xmlns:ds="${DSIG}"><ds:SignatureProperty Id="purposeOfSignature" Target="#Signature01">1.2.840.10065.1.12.1.14</ds:SignatureProperty></ds:SignatureProperties>`;

/** @param properties `QualifyingProperties`, edited or not */
function signSet(content: string, properties: string, purpose: string, credential: TestCredential): string {
  const signer = new SignedXml({
    privateKey: credential.keyPem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: C14N,
    getKeyInfoContent: (args) => SignedXml.getKeyInfoContent({ ...args, publicCert: credential.certificatePem }),
    objects: [{ content: purpose }, { content }, { content: properties }],
  });
  for (const [id, type, where] of [
    ['IHEManifest', `${DSIG}Manifest`, content],
    ['S0-SignedProperties', `${XADES}SignedProperties`, properties],
  ] as const) {
    if (!where.includes(`Id="${id}"`)) continue;
    signer.addReference({ xpath: `//*[@Id='${id}']`, type, transforms: [C14N], digestAlgorithm: SHA256 });
  }
  signer.computeSignature('<host/>', { prefix: 'ds', attrs: { Id: 'Signature01' } });
  return signer.getSignatureXml();
}

const identity = (text: string): string => text;

export interface FeedingEdits {
  /** Edits the envelope before the VIHF is signed. */
  readonly envelope?: (text: string) => string;
  /** Edits the document before its hash, size and digest are computed. */
  readonly document?: (text: string) => string;
  /** Edits the manifest before it is signed. */
  readonly manifest?: (text: string) => string;
  /** Edits the properties of XAdES before they are signed. */
  readonly properties?: (text: string) => string;
  /** Edits the purpose of the signature. */
  readonly purpose?: (text: string) => string;
  /** Signs the set with another certificate than the VIHF. */
  readonly setSigner?: TestCredential;
  /** Edits the signature document after it was signed. */
  readonly signature?: (text: string) => string;
  /** Content-ids and bytes of more parts. */
  readonly extra?: readonly { contentId: string; mediaType: string; content: Uint8Array }[];
}

const INCLUDE = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include"';

/** A conforming feeding of one CDA N1, but for the edits. */
export function feeding(
  credential: TestCredential,
  edits: FeedingEdits = {},
): { contentType: string; body: Uint8Array } {
  const document = Buffer.from((edits.document ?? identity)(CDA));
  const signature = (edits.signature ?? identity)(
    signSet(
      (edits.manifest ?? identity)(manifest(document)),
      (edits.properties ?? identity)(qualifyingProperties(edits.setSigner ?? credential)),
      (edits.purpose ?? identity)(PURPOSE),
      edits.setSigner ?? credential,
    ),
  );
  const body = `<x:ProvideAndRegisterDocumentSetRequest xmlns:x="urn:ihe:iti:xds-b:2007"><lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">${list(document)}</RegistryObjectList></lcm:SubmitObjectsRequest><x:Document id="D1">${INCLUDE} href="cid:d1%40jalon"/></x:Document><x:Document id="S1">${INCLUDE} href="cid:s1@jalon"/></x:Document></x:ProvideAndRegisterDocumentSetRequest>`;
  const headers =
    '<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">urn:uuid:00000000-0000-4000-8000-000000000001</w:MessageID>';
  const envelope = (edits.envelope ?? identity)(envelopeWithVihf(body, headers));
  return writeMtom({
    root: signAssertion(envelope, { credential }),
    action: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b',
    attachments: [
      { contentId: 'd1@jalon', mediaType: 'text/xml', content: document },
      { contentId: 's1@jalon', mediaType: 'text/xml', content: Buffer.from(signature) },
      ...(edits.extra ?? []),
    ],
  });
}
