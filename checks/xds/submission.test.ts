import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verdictOf, type Finding } from '#dsr/verdict/index.ts';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { CDA, DOCUMENT, feeding, LOT, type FeedingEdits } from './feeding.fixture.ts';
import {
  checkDmpRequest,
  checkSubmission,
  overriddenBy,
  readCodeLists,
  SHIPPED_CODES,
  type SubmissionOptions,
} from './index.ts';
import { RULES } from './rules.ts';

let seal: TestCredential;
const AT = new Date('2026-01-05T10:00:01Z');

beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
});

const rulesOf = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);

const edit =
  (from: string | RegExp, to: string) =>
  (text: string): string => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Nothing changed by ${from}`);
    return changed;
  };
const envelope = (from: string | RegExp, to: string): FeedingEdits => ({ envelope: edit(from, to) });
const slot = (name: string): RegExp => new RegExp(`<Slot name="${name}">.*?</Slot>`);
/** Inside the document entry, whose content follows its id. */
const inEntry = (pattern: string): RegExp => new RegExp(`(<ExtrinsicObject id="D1"[\\s\\S]*?)${pattern}`);
const CODE = 'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a';
const CONFIDENTIALITY = 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f';

function judged(edits: FeedingEdits, options: SubmissionOptions = {}): string[] {
  const findings = checkSubmission({ ...feeding(seal, edits), at: AT }, options);
  for (const { where, received, expected, remedy } of findings) {
    for (const text of [where, received, expected, remedy]) expect(text).not.toBe('');
  }
  return [...new Set(findings.map((finding) => finding.rule))];
}

const FORMER = '1.2.250.1.999.1.9';
const ENTRY_UUID = 'urn:uuid:00000000-0000-4000-8000-000000000009';
/** A new version of `FORMER`, as the registry and the CDA say it; empty: left unsaid. */
const newVersion = (
  parts: { target?: string; version?: string; set?: string; parent?: string; id?: string } = {},
): FeedingEdits => {
  const { target = ENTRY_UUID, version = '2', set = 'S', parent = FORMER, id } = parts;
  const content = (text: string): string =>
    (id === undefined ? text : text.replace(`<id root="${DOCUMENT}"/>`, `<id root="${id}"/>`))
      .replace(
        '<recordTarget>',
        `${set === '' ? '' : `<setId root="1.2.3" extension="${set}"/>`}${version === '' ? '' : `<versionNumber value="${version}"/>`}<recordTarget>`,
      )
      .replace(
        '<component><nonXMLBody>',
        `${parent === '' ? '' : `<relatedDocument typeCode="RPLC"><parentDocument><id root="${parent}"/></parentDocument></relatedDocument>`}<component><nonXMLBody>`,
      );
  const association = `<Association associationType="urn:ihe:iti:2007:AssociationType:RPLC" sourceObject="D1" targetObject="${target}"/></RegistryObjectList>`;
  return {
    document: content,
    manifest: (text) => (id === undefined ? text : text.replace(`urn:oid:${DOCUMENT}"`, `urn:oid:${id}"`)),
    envelope: (text) =>
      (id === undefined ? text : text.replace(`value="${DOCUMENT}"`, `value="${id}"`)).replace(
        '</RegistryObjectList>',
        target === '' ? '</RegistryObjectList>' : association,
      ),
  };
};
const REPLACED = { replaced: { uniqueId: FORMER, setId: '1.2.3^S', versionNumber: 1 } };

/** Digest of the document as it is transmitted: its canonical form is another text. */
const RAW = createHash('sha1').update(CDA).digest('base64');

/** Each edit breaks one rule and no other. */
const BREAKERS: readonly (readonly [rule: string, why: string, edits: FeedingEdits, options?: SubmissionOptions])[] = [
  [
    'XDS-READABLE',
    'root is no SOAP',
    envelope(/^<soap:Envelope xmlns:soap="[^"]*"/, '<soap:Envelope xmlns:soap="urn:x"'),
  ],
  ['XDS-DOCUMENT-PART', 'no part of that name', envelope('cid:s1@jalon', 'cid:s9@jalon')],
  ['XDS-DOCUMENT-PART', 'no Document for the entry', envelope(/<x:Document id="S1">.*?<\/x:Document>/, '')],
  [
    'XDS-DOCUMENT-PART',
    'part that nobody names',
    { extra: [{ contentId: 'more', mediaType: 'text/plain', content: new Uint8Array(3) }] },
  ],
  [
    'XDS-SOAP-VERSION',
    'SOAP 1.1',
    envelope('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/'),
  ],
  ['XDS-MESSAGE-ID', 'no urn', envelope('>urn:uuid:0000', '>uuid:0000')],
  ['XDS-METADATA', 'no creationTime', envelope(inEntry('<Slot name="creationTime">.*?</Slot>'), '$1')],
  ['XDS-METADATA', 'empty submissionTime', envelope('<Value>20260105100000</Value>', '<Value></Value>')],
  [
    'XDS-METADATA',
    'no classCode',
    envelope(inEntry(`<Classification classificationScheme="${CODE}".*?</Classification>`), '$1'),
  ],
  [
    'XDS-METADATA',
    'no patientId',
    envelope(inEntry('<ExternalIdentifier [^>]*58a6f841.*?</ExternalIdentifier>'), '$1'),
  ],
  ['XDS-METADATA', 'no sourceId', envelope(/<ExternalIdentifier [^>]*554ac39e.*?<\/ExternalIdentifier>/, '')],
  ['XDS-METADATA', 'no title', envelope(inEntry('<Name><LocalizedString value="CR"/></Name>'), '$1')],
  ['XDS-METADATA', 'no mimeType', envelope(/(id="S1" )mimeType="text\/xml" /, '$1')],
  ['XDS-TIME', 'offset', envelope('20260105070000', '20260105080000+0100')],
  ['XDS-TIME', 'date only', envelope('20260105070000', '20260105')],
  ['XDS-TIME', 'impossible', envelope('20260105070000', '20260231070000')],
  ['XDS-SUBMISSION-TIME', 'local time', envelope('<Value>20260105100000</Value>', '<Value>20260105110000</Value>')],
  [
    'XDS-AUTHOR',
    'no authority',
    envelope(inEntry('(<Slot name="authorPerson">.*?)&amp;1.2.250.1.71.4.2.1&amp;ISO'), '$1$2'),
  ],
  ['XDS-AUTHOR', 'no first name', envelope('^BLUE^EVA^', '^BLUE^^')],
  ['XDS-AUTHOR', 'institution without id', envelope(inEntry('LABO TEST(.*?)10B0152872'), '$1LABO TEST$2')],
  ['XDS-AUTHOR', 'speciality without label', envelope('SM03^Médecin^', 'SM03^^')],
  ['XDS-LEGAL-AUTHENTICATOR', 'no type', envelope(/(legalAuthenticator">.*?)\^IDNPS/, '$1^')],
  ['XDS-AUTHOR-INSTITUTION', 'other structure', envelope('^10B0152872<', '^10B0000001<')],
  [
    'XDS-PATIENT-ID',
    'form',
    envelope(/(58a6f841[^"]*" value="279035121518989\^\^\^&amp;1\.2\.250\.1\.213\.1\.4\.10&amp;ISO)\^NH/, '$1'),
  ],
  ['XDS-SOURCE-PATIENT', 'id', envelope('42^^^&amp;1.2.250.1.999.2&amp;ISO^PI', '42')],
  ['XDS-SOURCE-PATIENT', 'no birth date', envelope('<Value>PID-7|19790328</Value>', '')],
  ['XDS-UNIQUE-ID', 'extension', envelope('value="1.2.250.1.999.1.3"', 'value="1.2.250.1.999.1.3^1"')],
  ['XDS-UNIQUE-ID', 'twice', envelope('value="1.2.250.1.999.1.3"', `value="${LOT}"`)],
  ['XDS-SOURCE-ID', 'no OID', envelope('value="1.2.250.1.999.1"', 'value="MonSGL"')],
  ['XDS-CODE', 'wrong system', envelope('<Value>1.2.250.1.213.1.1.4.1</Value>', '<Value>1.2.3</Value>')],
  ['XDS-CODE', 'no label', envelope(inEntry('<Name><LocalizedString value="Libellé"/></Name>'), '$1')],
  ['XDS-CODE', 'content type of another table', envelope('<Value>1.2.250.1.213.2.2</Value>', '<Value>1.2.3</Value>')],
  [
    'XDS-CONFIDENTIALITY-NORMAL',
    'no N',
    envelope(
      inEntry(
        `<Classification classificationScheme="${CONFIDENTIALITY}" classifiedObject="D1" nodeRepresentation="N".*?</Classification>`,
      ),
      '$1',
    ),
  ],
  [
    'XDS-CONFIDENTIALITY-CODE',
    'unknown',
    envelope(inEntry('nodeRepresentation="INVISIBLE_PATIENT"'), '$1nodeRepresentation="SECRET"'),
  ],
  [
    'XDS-CONFIDENTIALITY-COMBINATION',
    'both',
    envelope(
      inEntry(
        `(<Classification classificationScheme="${CONFIDENTIALITY}" classifiedObject="D1" nodeRepresentation=")INVISIBLE_PATIENT(".*?</Classification>)`,
      ),
      '$1$2INVISIBLE_PATIENT$3$2MASQUE_PS$3',
    ),
  ],
  ['XDS-HASH', 'wrong', envelope(/(<Slot name="hash"><ValueList><Value>)[0-9a-f]{4}/, '$1zzzz')],
  ['XDS-HASH', 'absent, required', envelope(slot('hash'), ''), { hashAndSize: 'required' }],
  ['XDS-SIZE', 'wrong', envelope(/(<Slot name="size"><ValueList><Value>)/, '$11')],
  [
    'XDS-CDA-COHERENCE',
    'extension of the id',
    { document: edit('<id root="1.2.250.1.999.1.2"/>', '<id root="1.2.250.1.999.1.2" extension="1"/>') },
  ],
  [
    'XDS-CDA-COHERENCE',
    'other id',
    { document: edit('<id root="1.2.250.1.999.1.2"/>', '<id root="1.2.250.1.999.1.9"/>') },
  ],
  ['XDS-CDA-COHERENCE', 'other code', { document: edit('11502-2', '11488-4') }],
  [
    'XDS-CDA-COHERENCE',
    'creationTime in local time',
    envelope(
      inEntry('<Slot name="creationTime"><ValueList><Value>20260105100000'),
      '$1<Slot name="creationTime"><ValueList><Value>20260105110000',
    ),
  ],
  ['XDS-CDA-COHERENCE', 'not a CDA', { document: () => '<html/>' }],
  ['XDS-PATIENT-COHERENCE', 'other patient in the document', { document: edit('279035121518989', '207058575627097') }],
  [
    'XDS-PATIENT-COHERENCE',
    'other patient in the VIHF',
    envelope(/(resource-id"><s:AttributeValue>)279035121518989/, '$1207058575627097'),
  ],
  [
    'XDS-PATIENT-COHERENCE',
    'not the patient of the scenario',
    {},
    { patient: { ins: '207058575627097', oid: '1.2.250.1.213.1.4.10' } },
  ],
  ['XDS-FORMAT-CODE', 'N3 format on N1', envelope('urn:ihe:iti:xds-sd:pdf:2008', 'urn:ihe:lab:xd-lab:2008')],
  [
    'XDS-CLASS-OF-TYPE',
    'another class than that of a biology report',
    envelope(inEntry(`(${CODE}"[^>]*nodeRepresentation=)"10"`), '$1$2"31"'),
  ],
  [
    'XDS-TITLE',
    'too long',
    {
      ...envelope(inEntry('<LocalizedString value="CR"/>'), `$1<LocalizedString value="${'é'.repeat(129)}"/>`),
      document: edit('<title>CR<', `<title>${'é'.repeat(129)}<`),
    },
  ],
  [
    'XDS-REFERENCE-ID',
    'a bare number',
    envelope(
      '<Slot name="serviceStartTime">',
      '<Slot name="urn:ihe:iti:xds:2013:referenceIdList"><ValueList><Value>42</Value></ValueList></Slot><Slot name="serviceStartTime">',
    ),
  ],
  [
    'XDS-AUTHOR',
    'a patient under another OID',
    envelope(
      inEntry(
        '899700000001\\^BLUE\\^EVA\\^\\^\\^\\^\\^\\^&amp;1\\.2\\.250\\.1\\.71\\.4\\.2\\.1&amp;ISO\\^D\\^\\^\\^IDNPS(?=</Value></ValueList></Slot><Slot name="authorInst)',
      ),
      '$1899700000001^BLUE^EVA^^^^^^&amp;1.2.3&amp;ISO^D^^^NH',
    ),
  ],
  ['XDS-HAS-MEMBER', 'absent', envelope(/<Association [^>]*targetObject="S1">.*?<\/Association>/, '')],
  [
    'XDS-HAS-MEMBER',
    'no status',
    envelope('<Slot name="SubmissionSetStatus"><ValueList><Value>Original</Value></ValueList></Slot>', ''),
  ],
  ['XDS-SIGNATURE-METADATA', 'language', envelope('<Value>art</Value>', '<Value>fr-FR</Value>')],
  ['XDS-SIGNATURE-METADATA', 'title', envelope('value="Source"/></Name>\n', 'value="Signature"/></Name>\n')],
  [
    'XDS-SIGNATURE-METADATA',
    'no event',
    envelope(/<Classification [^>]*nodeRepresentation="1\.2\.840\.10065\.1\.12\.1\.14".*?<\/Classification>/, ''),
  ],
  ['XDS-SIGNATURE-METADATA', 'system of the type', envelope('<Value>ASTM</Value>', '<Value>URN</Value>')],
  [
    'XDS-SIGNATURE-METADATA',
    'not hidden from professionals',
    envelope(/<Classification [^>]*nodeRepresentation="MASQUE_PS".*?<\/Classification>/, ''),
  ],
  [
    'XDS-SIGNATURE-METADATA',
    'local patient',
    envelope(/(id="S1"[\s\S]*?sourcePatientId"><ValueList><Value>)[^<]*/, '$142^^^&amp;1.2.3&amp;ISO^PI'),
  ],
  ['XDS-SIGNATURE-XADES', 'bare XML signature', { properties: () => '<p xmlns="urn:p"/>' }],
  ['XDS-SIGNATURE-XADES', 'properties not signed', { properties: edit('Id="S0-SignedProperties"', 'Id="other"') }],
  ['XDS-SIGNATURE-XADES', 'no time', { properties: edit(/<xad:SigningTime>.*?<\/xad:SigningTime>/, '') }],
  [
    'XDS-SIGNATURE-XADES',
    'no certificate',
    { properties: edit(/<xad:SigningCertificate>.*?<\/xad:SigningCertificate>/, '') },
  ],
  ['XDS-SIGNATURE-XADES', 'another certificate', { properties: edit(/(<xad:DigestValue>)..../, '$1AAAA') }],
  ['XDS-SIGNATURE-XADES', 'another purpose', { purpose: edit('12.1.14<', '12.1.1<') }],
  ['XDS-SIGNS', 'absent', envelope(/<Association [^>]*:signs".*?<\/Association>/, '')],
  [
    'XDS-SIGNS',
    'the other way',
    envelope('sourceObject="S1" targetObject="SS"', 'sourceObject="SS" targetObject="S1"'),
  ],
  ['XDS-SIGNATURE-VALUE', 'changed after', { signature: edit('AA==', 'AAA=') }],
  ['XDS-SIGNATURE-VALUE', 'no signature', { signature: () => '<a/>' }],
  ['XDS-SIGNATURE-VALUE', 'not XML', { signature: () => 'MIIC' }],
  ['XDS-SIGNATURE-VALUE', 'manifest not signed', { manifest: edit('Id="IHEManifest"', 'Id="other"') }],
  [
    'XDS-MANIFEST',
    'document left out',
    { manifest: edit(/<ds:Reference URI="urn:oid:1\.2\.250\.1\.999\.1\.2">.*?<\/ds:Reference>/, '') },
  ],
  ['XDS-MANIFEST', 'set left out', { manifest: edit(`urn:oid:${LOT}"`, 'urn:oid:1.2.3"') }],
  ['XDS-MANIFEST', 'wrong digest', { manifest: edit(/(<\/ds:Transforms>.*?<ds:DigestValue>)..../, '$1AAAA') }],
  ['XDS-MANIFEST', 'unknown transform', { manifest: edit('REC-xml-c14n-20010315#WithComments', 'magic') }],
  [
    'XDS-MANIFEST',
    'raw bytes under a transform',
    { manifest: edit(/(<\/ds:Transforms>.*?<ds:DigestValue>)[^<]*/, `$1${RAW}`) },
  ],
  [
    'XDS-MANIFEST',
    'canonical form without its transform',
    { manifest: edit(/<ds:Transforms>.*?<\/ds:Transforms>/, '') },
  ],
  ['XDS-REPLACEMENT', 'uniqueId instead of entryUUID', newVersion({ target: '1.2.3' })],
  ['XDS-REPLACEMENT', 'said by the document alone', newVersion({ target: '' })],
  ['XDS-REPLACEMENT-CDA', 'not said by the document', newVersion({ parent: '' })],
  ['XDS-REPLACEMENT-CDA', 'another document', newVersion({ parent: '1.2.9' }), REPLACED],
  ['XDS-REPLACEMENT-ID', 'the number of the former version', newVersion({ id: FORMER }), REPLACED],
  ['XDS-REPLACEMENT-VERSION', 'still the first', newVersion({ version: '1' })],
  ['XDS-REPLACEMENT-VERSION', 'absent', newVersion({ version: '' })],
  ['XDS-REPLACEMENT-VERSION', 'one too far', newVersion({ version: '3' }), REPLACED],
  ['XDS-REPLACEMENT-SET', 'absent', newVersion({ set: '' })],
  ['XDS-REPLACEMENT-SET', 'another set', newVersion({ set: 'T' }), REPLACED],
  ['XDS-REPLACEMENT', 'absent', {}, { replaces: 'urn:uuid:00000000-0000-4000-8000-000000000009' }],
];

describe('checkSubmission', () => {
  it('has nothing to say about a conforming feeding', () => {
    expect(judged({})).toEqual([]);
    expect(judged({}, { patient: { ins: '279035121518989', oid: '1.2.250.1.213.1.4.10' } })).toEqual([]);
    // From XAdES 1.2.2 on, the digest is in the elements of XML Signature.
    expect(judged({ properties: (text) => text.replaceAll(/xad:(Digest(?:Method|Value))/g, 'ds:$1') })).toEqual([]);
    expect(judged(newVersion())).toEqual([]);
    expect(judged(newVersion(), { replaces: ENTRY_UUID, ...REPLACED })).toEqual([]);
  });

  for (const [rule, why, edits, options] of BREAKERS) {
    it(`${rule}: ${why}`, () => {
      expect(judged(edits, options)).toEqual([rule]);
    });
  }

  it('says nothing of a right reference; of a fifth code, that it is too many', () => {
    const slots = (value: string): FeedingEdits =>
      envelope(
        '<Slot name="serviceStartTime">',
        `<Slot name="urn:ihe:iti:xds:2013:referenceIdList"><ValueList><Value>${value}</Value></ValueList></Slot><Slot name="serviceStartTime">`,
      );
    expect(judged(slots('42^^^&amp;1.2.250.1.999.4&amp;ISO^urn:ihe:iti:xds:2013:order'))).toEqual([]);
    const many = (text: string): string =>
      text.replace(
        /(<ExtrinsicObject id="D1"[\s\S]*?)(<Classification classificationScheme="urn:uuid:f4f85eac[^>]*nodeRepresentation="INVISIBLE_PATIENT".*?<\/Classification>)/,
        '$1$2$2$2$2',
      );
    expect(judged({ envelope: many })).toEqual(['XDS-CONFIDENTIALITY-CODE']);
  });

  it('XDS-FORMAT-CODE: the model of a structured document, by its template', () => {
    const lab: FeedingEdits = {
      document: (text) =>
        text
          .replace('<templateId root="2.16', '<templateId root="1.3.6.1.4.1.19376.1.3.3"/><templateId root="2.16')
          .replace(/<nonXMLBody>.*<\/nonXMLBody>/, '<structuredBody/>'),
    };
    const coded = (format: string): string[] => judged({ ...lab, ...envelope('urn:ihe:iti:xds-sd:pdf:2008', format) });
    expect(coded('urn:ihe:lab:xd-lab:2008')).toEqual([]);
    expect(coded('urn:ihe:pcc:xphr:2007')).toEqual(['XDS-FORMAT-CODE']);
  });

  it('XDS-SUBMISSION-SET: none, or no list', () => {
    const none = envelope(/<Classification classificationNode[^>]*\/>/, '');
    expect(judged(none)).toContain('XDS-SUBMISSION-SET');
    expect(judged(envelope(/<lcm:SubmitObjectsRequest.*<\/lcm:SubmitObjectsRequest>/s, ''))).toEqual([
      'XDS-SUBMISSION-SET',
    ]);
  });

  it('XDS-ACTION: other action', () => {
    const findings = judged(envelope('>urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b<', '>urn:x<'));
    expect(findings).toEqual(['XDS-ACTION', 'XDS-ACTION-PARAMETER']);
  });

  it('XDS-ACTION-PARAMETER: absent is a warning', () => {
    const { contentType, body } = feeding(seal);
    const findings = checkSubmission({ contentType: contentType.replace(/; action="[^"]*"/, ''), body, at: AT });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['XDS-ACTION-PARAMETER', 'warning']]);
  });

  it('XDS-MTOM: plain SOAP is refused, and the rest is judged', () => {
    const { body } = feeding(seal);
    const text = Buffer.from(body).toString();
    const root = /<soap:Envelope.*<\/soap:Envelope>/s.exec(text)?.[0] ?? '';
    const findings = checkSubmission({ contentType: 'application/soap+xml', body: Buffer.from(root), at: AT });
    expect(findings.map((finding) => finding.rule)).toEqual(['XDS-MTOM']);
  });

  it('XDS-PATIENT-ID: a wrong key is told with the right one', () => {
    const findings = checkSubmission({
      ...feeding(
        seal,
        envelope(/279035121518989(?=\^\^\^&amp;1\.2\.250\.1\.213\.1\.4\.10&amp;ISO\^NH"><Name>)/, '279035121518988'),
      ),
      at: AT,
    });
    expect(findings.find((finding) => finding.rule === 'XDS-PATIENT-ID')?.expected).toBe('clé 89');
  });

  it('XDS-SIGNATURE-CERTIFICATE: one that does not sign, that of TLS, that of another structure', async () => {
    const client = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'client');
    const other = await makeCredential('CN=autre.test, OU=10B0000001, O=AUTRE TEST, C=FR', 'signature');
    expect(judged({ setSigner: client })).toEqual(['XDS-SIGNATURE-CERTIFICATE']);
    expect(judged({ setSigner: other })).toEqual(['XDS-SIGNATURE-CERTIFICATE']);
    const own = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
    const peer = { protocol: 'TLSv1.2', cipher: 'x', sni: 'x', authorized: true, certificate: own.der };
    const findings = checkSubmission({ ...feeding(seal, { setSigner: own }), at: AT, tls: peer });
    expect(findings.map(({ rule }) => rule)).toEqual(['XDS-SIGNATURE-CERTIFICATE']);
  });

  it('XDS-SIGNATURE-CERTIFICATE: another card than that of the VIHF, in direct authentication', async () => {
    const card = (number: string): Promise<TestCredential> =>
      makeCredential(`CN=${number}, OU=Medecin, C=FR`, 'signature');
    const [own, other] = [await card('899700000001'), await card('899700000002')];
    const direct = edit('>INDIRECTE<', '>DIRECTE<');
    expect(judged({ envelope: direct, setSigner: own })).toEqual([]);
    expect(judged({ envelope: direct, setSigner: other })).toEqual(['XDS-SIGNATURE-CERTIFICATE']);
    const [finding] = checkSubmission({ ...feeding(seal, { envelope: direct, setSigner: other }), at: AT });
    expect(finding).toMatchObject({ received: 'la carte de 899700000002' });
    expect(finding?.expected).toContain('899700000001');
  });

  it('XDS-MANIFEST says what the digest is that of', () => {
    const said = (edits: FeedingEdits): string | undefined =>
      checkSubmission({ ...feeding(seal, edits), at: AT })[0]?.received;
    expect(said({ manifest: edit(/(<\/ds:Transforms>.*?<ds:DigestValue>)[^<]*/, `$1${RAW}`) })).toMatch(
      /l’empreinte est celle des octets bruts, la transformation http.*c14n.*WithComments était annoncée/,
    );
    expect(said({ manifest: edit(/<ds:Transforms>.*?<\/ds:Transforms>/, '') })).toMatch(
      /celle de la forme canonique, aucune transformation/,
    );
  });

  it('DMP-LIMIT: what the bench cannot read is never an error of the product', () => {
    const of = (edits: FeedingEdits): ReturnType<typeof checkSubmission> =>
      checkSubmission({ ...feeding(seal, edits), at: AT });
    const beyond = {
      'too many elements': (text: string) => text.replace('<component>', `${'<text/>'.repeat(200_001)}<component>`),
      'too deep': (text: string) =>
        text.replace('<component>', `${'<text>'.repeat(220)}${'</text>'.repeat(220)}<component>`),
      'too many attributes': (text: string) =>
        text.replace(
          '<component>',
          `<text ${Array.from({ length: 1001 }, (_, rank) => `a${rank}=""`).join(' ')}/><component>`,
        ),
    };
    for (const [why, document] of Object.entries(beyond)) {
      const findings = of({
        document,
        manifest: (text) => text.replace('<ds:DigestValue></', '<ds:DigestValue>AAAA</'),
      });
      expect([...new Set(findings.map(({ rule }) => rule))], why).toEqual(['DMP-LIMIT']);
      expect(findings.every(({ severity, benchLimit }) => severity === 'info' && benchLimit === true)).toBe(true);
      expect(verdictOf(findings)).toBe('non-verifiable');
      expect(findings.map(({ received }) => received).join()).toMatch(
        /le banc n’a pas jugé le contenu du CDA : .*son empreinte/,
      );
    }
    const signature = of({
      signature: (text) => text.replace('</ds:Signature>', `${'<a/>'.repeat(200_001)}</ds:Signature>`),
    });
    expect(signature.map(({ rule }) => rule)).toEqual(['DMP-LIMIT']);
    const references = of({
      signature: (text) => text.replace('</ds:SignedInfo>', `${'<ds:Reference URI=""/>'.repeat(101)}</ds:SignedInfo>`),
    });
    expect(references.map(({ rule }) => rule)).toEqual(['DMP-LIMIT']);
  });

  it('DMP-LIMIT: the whole message', () => {
    const { contentType, body } = feeding(seal);
    const boundary = /boundary="?([^";]*)/.exec(contentType)?.[1] ?? '';
    const parts = Buffer.from(`--${boundary}\r\nContent-ID: <x>\r\n\r\n\r\n`.repeat(1001));
    expect(rulesOf(checkSubmission({ contentType, body: Buffer.concat([parts, body]) }))).toEqual(['DMP-LIMIT']);
    const soap = `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><PRPA_IN201307UV02 xmlns="urn:hl7-org:v3">${'<a/>'.repeat(200_001)}</PRPA_IN201307UV02></e:Body></e:Envelope>`;
    const type = 'application/soap+xml; action="urn:hl7-org:v3:PRPA_IN201307UV02"';
    for (const [text, action] of [
      [soap, type],
      [soap.replaceAll('PRPA_IN201307UV02', 'AdhocQueryRequest'), 'application/soap+xml'],
    ] as const) {
      const findings = checkDmpRequest({ contentType: action, body: Buffer.from(text) });
      expect(rulesOf(findings)).toEqual(['DMP-LIMIT']);
      expect(verdictOf(findings)).toBe('non-verifiable');
    }
  });

  it('XDS-SIGNATURE-ENTRY: a set without signature', () => {
    const unsigned = envelope(/<ExtrinsicObject id="S1"[\s\S]*?<\/ExtrinsicObject>/, '');
    expect(judged(unsigned)).toEqual(['XDS-DOCUMENT-PART', 'XDS-SIGNATURE-ENTRY']);
  });

  it('XDS-HASH and XDS-SIZE: absent are warnings by default', () => {
    const { contentType, body } = feeding(seal, {
      envelope: (text) => edit(slot('hash'), '')(edit(slot('size'), '')(text)),
    });
    const findings = checkSubmission({ contentType, body, at: AT });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['XDS-HASH', 'warning'],
      ['XDS-SIZE', 'warning'],
    ]);
  });

  it('XDS-INLINE-DOCUMENT: base64 in the message, its part left alone', () => {
    const inline = `<x:Document id="D1">${Buffer.from(CDA).toString('base64')}</x:Document>`;
    expect(judged(envelope(/<x:Document id="D1">.*?<\/x:Document>/, inline))).toEqual([
      'XDS-INLINE-DOCUMENT',
      'XDS-DOCUMENT-PART',
    ]);
  });

  it('never throws, whatever byte is damaged', () => {
    const { contentType, body } = feeding(seal);
    fc.assert(
      fc.property(fc.nat({ max: body.length - 1 }), fc.nat({ max: 255 }), (position, byte) => {
        const damaged = body.slice();
        damaged[position] = byte;
        expect(Array.isArray(checkSubmission({ contentType, body: damaged, at: AT }))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('XDS-CODE-VALUE, XDS-CLASS-OF-TYPE: another list than ours', () => {
    const own = (value: unknown): SubmissionOptions => {
      const reading = readCodeLists(value);
      if (!reading.ok) throw new Error(reading.message);
      return { codes: overriddenBy(SHIPPED_CODES, reading.lists) };
    };
    const types = (code: string): unknown => ({
      metadata: 'typeCode',
      name: 'Types du test',
      complete: true,
      codes: [{ code, system: '2.16.840.1.113883.6.1' }],
    });
    expect(judged({}, own({ lists: [types('11502-2')] }))).toEqual([]);
    expect(judged({}, own({ lists: [types('11488-4')] }))).toEqual(['XDS-CODE-VALUE']);
    expect(judged({}, own({ classOfType: [{ typeCode: '11502-2', classCode: '10' }] }))).toEqual([]);
    expect(judged({}, own({ classOfType: [{ typeCode: '11502-2', classCode: '31' }] }))).toEqual(['XDS-CLASS-OF-TYPE']);
    expect(judged({}, own({ forbiddenTogether: [['N', 'INVISIBLE_PATIENT']] }))).toEqual([
      'XDS-CONFIDENTIALITY-COMBINATION',
    ]);
    const other = { metadata: 'practiceSettingCode', name: 'x', systems: ['1.2.3'], codes: [] };
    expect(judged({}, own({ lists: [other] }))).toEqual(['XDS-CODE']);
  });

  it.each([
    [null, 'la racine'],
    [{}, 'la racine'],
    [{ lists: {} }, 'lists'],
    [{ lists: [{ metadata: 'colour', name: 'x' }] }, 'lists[0].metadata'],
    [{ lists: [{ metadata: 'typeCode' }] }, 'lists[0].name'],
    [{ lists: [{ metadata: 'typeCode', name: 'x', complete: 'yes' }] }, 'lists[0].complete'],
    [{ lists: [{ metadata: 'typeCode', name: 'x', complete: true }] }, 'lists[0].codes'],
    [{ lists: [{ metadata: 'typeCode', name: 'x', codes: [{ code: 'a' }] }] }, 'lists[0].codes[0]'],
    [{ lists: [{ metadata: 'typeCode', name: 'x', systems: [1] }] }, 'lists[0].systems'],
    [{ lists: [1, 2].map(() => ({ metadata: 'typeCode', name: 'x' })) }, 'lists[1].metadata'],
    [{ classOfType: [{ typeCode: 'a' }] }, 'classOfType'],
    [{ forbiddenTogether: ['a'] }, 'forbiddenTogether'],
    [{ codes: {}, lists: [{ metadata: 'typeCode', name: 'x' }] }, 'la racine'],
    [{ lists: [{ metadata: 'typeCode', name: 'x', complet: true }] }, 'lists[0]'],
  ])('lists that are not in the format are refused, with the place: %j', (value, where) => {
    const reading = readCodeLists(value);
    expect(reading).toMatchObject({ ok: false });
    if (!reading.ok) expect(reading.message.startsWith(`${where} :`)).toBe(true);
  });

  it('XDS-SUBMISSION-TIME tells local time from a wrong clock', () => {
    const [local] = checkSubmission({
      ...feeding(seal, envelope('<Value>20260105100000</Value>', '<Value>20260105110000</Value>')),
      at: AT,
    });
    expect(local?.remedy).toContain('heure locale');
  });

  it('has a breaker for each rule of a feeding', () => {
    const elsewhere = [
      'XDS-INLINE-DOCUMENT',
      'XDS-SUBMISSION-SET',
      'XDS-ACTION',
      'XDS-ACTION-PARAMETER',
      'XDS-MTOM',
      'XDS-SIGNATURE-ENTRY',
      'XDS-SIGNATURE-CERTIFICATE',
      'XDS-CODE-VALUE',
      'XDS-CLASS-OF-TYPE',
    ];
    const broken = new Set([...BREAKERS.map(([rule]) => rule), ...elsewhere]);
    expect(RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
