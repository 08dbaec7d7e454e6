import { createHash } from 'node:crypto';
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SignedXml } from 'xml-crypto';
import { buildReportDocuments } from '../documents/index.ts';
import type { BuiltDocument } from '../model/types.ts';
import { BIOLOGIST, sampleConfig, sampleReport } from '../samples/report.ts';
import { sampleSeal } from '../samples/rsa.ts';
import { xpath } from '../samples/xml.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { readSigner, type Signer } from './credentials.ts';
import { existenceQuery } from './existence.ts';
import { packMtom, unpackRoot } from './mtom.ts';
import { envelope } from './soap.ts';
import { submissionRequest } from './submission.ts';
import { signVihf } from './vihf.ts';
import { signSubmission } from './xades.ts';

const config = sampleConfig();
const report = sampleReport();
const patient = '101066322083675^^^&1.2.250.1.213.1.4.10&ISO^NH';
const at = new Date('2026-07-01T22:30:00Z');
const none: ReadonlySet<string> = new Set();

let pki: TestPki;
let signer: Signer;
let sealPem: string;
let n3: BuiltDocument;
beforeAll(async () => {
  pki = await createTestPki();
  const seal = await sampleSeal(pki.caFile);
  sealPem = seal.cert;
  signer = await readSigner(seal.files);
  ({ n3 } = await buildReportDocuments(report, config, none));
});
afterAll(() => pki.remove());

/** Whether the signature in the document verifies under the seal. */
function verifies(xml: Uint8Array | string): boolean {
  const text = Buffer.from(xml as Uint8Array).toString();
  const document = XmlDocument.fromString(text);
  const signature = document.get('//ds:Signature', { ds: 'http://www.w3.org/2000/09/xmldsig#' });
  const verifier = new SignedXml({ publicCert: sealPem, getCertFromKeyInfo: () => null });
  try {
    verifier.loadSignature(signature?.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }) ?? '');
    return verifier.checkSignature(text);
  } catch {
    return false;
  } finally {
    document.dispose();
  }
}

describe('VIHF', () => {
  const vihf = () => signVihf({ author: BIOLOGIST, patient, at }, config, signer);
  const value = (name: string) => xpath(vihf(), `//saml2:Attribute[@Name="${name}"]/saml2:AttributeValue`);

  test('is signed, alone as inside its envelope, and no longer when a value changes', () => {
    const assertion = vihf();
    const message = envelope({ action: 'a', to: 'https://dmp.test/', vihf: assertion, body: '<corps/>' });
    expect(verifies(assertion)).toBe(true);
    expect(verifies(message)).toBe(true);
    expect(verifies(message.replace('INDIRECTE', 'DIRECTE'))).toBe(false);
  });

  test('names the seal as issuer, comma of the organisation escaped, general RDN last', () => {
    expect(xpath(vihf(), '//saml2:Issuer')).toEqual(["CN=ORG_SIGN,OU=10B0000001,O=Labo\\, de l'Été,C=FR"]);
  });

  test('states structure, human, patient and product', () => {
    expect(value('VIHF_Version')).toEqual(['3.0']);
    expect(value('Identifiant_Structure')).toEqual(['10B0000001']);
    expect(value('Secteur_Activite')).toEqual(['SA25^1.2.250.1.71.4.2.4']);
    expect(value('urn:oasis:names:tc:xspa:1.0:subject:subject-id')).toEqual(["D'ÉTÉ-TEST Éloïse"]);
    expect(value('urn:oasis:names:tc:xacml:2.0:resource:resource-id')).toEqual([patient]);
    expect(value('Authentification_Mode')).toEqual(['INDIRECTE']);
    expect(value('LPS_ID_HOMOLOGATION_DMP')).toEqual(['LPS-TEST-01']);
    expect(xpath(vihf(), '//saml2:NameID')).toEqual([BIOLOGIST.nationalId]);
    expect(xpath(vihf(), '//h:Role/@code')).toEqual(['10', 'SM03']);
    expect(xpath(vihf(), '//h:Role/@codeSystem')).toEqual(['1.2.250.1.71.1.2.7', '1.2.250.1.71.4.2.5']);
    expect(xpath(vihf(), '//h:PurposeOfUse/@code')).toEqual(['normal']);
  });

  test('is not made for somebody whose profession is unknown', () => {
    const author = { nationalId: '899700000009', lastName: 'A', firstName: 'B' };
    expect(() => signVihf({ author, patient, at }, config, signer)).toThrow(
      expect.objectContaining({ code: 'PROFESSION_INCONNUE' }),
    );
  });
});

describe('XAdES of a submission set', () => {
  test('signs the manifest and the properties', () => {
    const xades = Buffer.from(signSubmission('1.2.3.4', [n3], signer, at)).toString();
    expect(verifies(xades)).toBe(true);
    expect(verifies(xades.replace('urn:oid:1.2.3.4', 'urn:oid:1.2.3.5'))).toBe(false);
    expect(verifies(xades.replace('2026-07-01T22:30:00Z', '2026-07-01T22:31:00Z'))).toBe(false);
    expect(xpath(xades, '//ds:SignedInfo/ds:Reference/@URI')).toEqual(['#IHEManifest', '#S0-SignedProperties']);
    const bare = Buffer.from(
      signSubmission('1.2.3.4', [n3], signer, at, new Set(['xds-signature-sans-xades'])),
    ).toString();
    expect(verifies(bare)).toBe(true);
    expect(xpath(bare, '//ds:SignedInfo/ds:Reference/@URI')).toEqual(['#IHEManifest']);
    expect(bare).not.toContain('QualifyingProperties');
  });

  test('names the set with a zero digest and each document with the SHA-1 of its canonical form', () => {
    const xades = signSubmission('1.2.3.4', [n3], signer, at);
    expect(xpath(xades, '//ds:Manifest/ds:Reference/@URI')).toEqual(['urn:oid:1.2.3.4', `urn:oid:${n3.id}`]);
    const document = XmlDocument.fromBuffer(n3.bytes);
    const canonical = document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0, withComments: true });
    document.dispose();
    const digest = createHash('sha1').update(canonical).digest('base64');
    expect(xpath(xades, '//ds:Manifest/ds:Reference/ds:DigestValue')).toEqual(['AA==', digest]);
    expect(xpath(xades, '//ds:SignatureProperty')).toEqual(['1.2.840.10065.1.12.1.14']);
    expect(xpath(xades, '//xad:IssuerSerial/ds:X509SerialNumber')).toEqual(['4328719365']);
  });
});

describe('TD2.1', () => {
  const ROOT = '//rim:RegistryObjectList';
  const slot = (xml: Uint8Array, object: string, name: string) =>
    xpath(xml, `${ROOT}/*[@id="${object}"]/rim:Slot[@name="${name}"]//rim:Value`);
  const identifier = (xml: Uint8Array, object: string, name: string) =>
    xpath(xml, `${ROOT}/*[@id="${object}"]/rim:ExternalIdentifier[rim:Name//@value="${name}"]/@value`);
  const code = (xml: Uint8Array, object: string, scheme: string) =>
    xpath(xml, `${ROOT}/*[@id="${object}"]/rim:Classification[@classificationScheme="${scheme}"]/@nodeRepresentation`);

  /** Parts of the request, cut here independently of the product's own reader. */
  function parts(faults = none): { contentType: string; root: Uint8Array; attachments: Map<string, Buffer> } {
    const { contentType, body } = submissionRequest(report, n3, config, signer, at, faults);
    const boundary = /boundary="([^"]+)"/.exec(contentType)?.[1] ?? '';
    const pieces = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
    const read = pieces.map((piece) => {
      const blank = piece.indexOf('\r\n\r\n');
      const id = /Content-ID: <([^>]+)>/.exec(piece.slice(0, blank))?.[1] ?? '';
      return [id, Buffer.from(piece.slice(blank + 4, -2), 'latin1')] as const;
    });
    const [root, ...attachments] = read;
    return { contentType, root: root?.[1] ?? Buffer.alloc(0), attachments: new Map(attachments) };
  }

  test('is MTOM: no inline document, each Include finds its part, the CDA is byte for byte the one hashed', () => {
    const { contentType, root, attachments } = parts();
    expect(contentType).toMatch(/^multipart\/related; type="application\/xop\+xml"/);
    expect(contentType).toContain('start-info="application/soap+xml"');
    expect(xpath(root, '//xdsb:Document/@id')).toEqual(['Document01', 'Signature01']);
    const [document, signature] = xpath(root, '//xdsb:Document/xop:Include/@href').map((href) =>
      attachments.get(href.replace(/^cid:/, '')),
    );
    expect(document?.equals(Buffer.from(n3.bytes))).toBe(true);
    for (const [entry, bytes] of [
      ['Document01', document],
      ['Signature01', signature],
    ] as const) {
      expect(slot(root, entry, 'hash')).toEqual([
        createHash('sha1')
          .update(bytes ?? '')
          .digest('hex'),
      ]);
      expect(slot(root, entry, 'size')).toEqual([String(bytes?.byteLength)]);
    }
    expect(verifies(signature ?? '')).toBe(true);
    expect(verifies(root)).toBe(true);
  });

  test('one patient everywhere, one author, the document named as in the CDA', () => {
    const { root } = parts();
    expect(identifier(root, 'SubmissionSet01', 'XDSSubmissionSet.patientId')).toEqual([patient]);
    for (const entry of ['Document01', 'Signature01']) {
      expect(identifier(root, entry, 'XDSDocumentEntry.patientId')).toEqual([patient]);
    }
    expect(identifier(root, 'Document01', 'XDSDocumentEntry.uniqueId')).toEqual([n3.id]);
    const [setId] = identifier(root, 'SubmissionSet01', 'XDSSubmissionSet.uniqueId');
    expect(setId).not.toBe(n3.id);
    expect(slot(root, 'Document01', 'sourcePatientId')).toEqual(['IPP-0001^^^&1.2.250.1.999.1.1.2&ISO^PI']);
    expect(slot(root, 'Document01', 'sourcePatientInfo')).toEqual([
      "PID-5|D'ARTAGNAN DE L'HÉRAULT^PIERRE-ALAIN^^^^^L",
      'PID-5|NOËL-TEST^PIERRE-ALAIN^^^^^D',
      'PID-7|20010617',
      'PID-8|M',
      'PID-11|^^^^^^BDL^^63220',
    ]);
    const author = "899700000001^D'ÉTÉ-TEST^Éloïse^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS";
    expect(xpath(root, `${ROOT}//rim:Slot[@name="authorPerson"]//rim:Value`)).toEqual([author, author, author]);
    expect(xpath(root, `${ROOT}//rim:Slot[@name="authorInstitution"]//rim:Value`)[0]).toBe(
      "Laboratoire de l'Été des Chênes^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^10B0000001",
    );
  });

  test('codes of the document', () => {
    const { root } = parts();
    expect(code(root, 'Document01', 'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a')).toEqual(['10']);
    expect(code(root, 'Document01', 'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983')).toEqual(['11502-2']);
    expect(code(root, 'Document01', 'urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d')).toEqual([
      'urn:ihe:lab:xd-lab:2008',
    ]);
    expect(code(root, 'Document01', 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f')).toEqual(['N']);
    expect(code(root, 'Document01', 'urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1')).toEqual(['SA25']);
    expect(code(root, 'Signature01', 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f')).toEqual([
      'N',
      'MASQUE_PS',
      'INVISIBLE_PATIENT',
    ]);
  });

  test('associations: both members, and the signature signs the set', () => {
    const { root } = parts();
    const association = (type: string, side: string) =>
      xpath(root, `${ROOT}/rim:Association[contains(@associationType, ":${type}")]/@${side}`);
    expect(association('HasMember', 'targetObject')).toEqual(['Document01', 'Signature01']);
    expect(association('signs', 'sourceObject')).toEqual(['Signature01']);
    expect(association('signs', 'targetObject')).toEqual(['SubmissionSet01']);
  });

  test('times are UTC; the fault dmp-heure-locale changes submissionTime and creationTime only', () => {
    const times = (xml: Uint8Array) => ({
      submission: slot(xml, 'SubmissionSet01', 'submissionTime'),
      creation: slot(xml, 'Document01', 'creationTime'),
      start: slot(xml, 'Document01', 'serviceStartTime'),
      stop: slot(xml, 'Document01', 'serviceStopTime'),
    });
    const sound = {
      submission: ['20260701223000'],
      creation: ['20260105150530'],
      start: ['20260105082200'],
      stop: ['20260105150530'],
    };
    expect(times(parts().root)).toEqual(sound);
    expect(times(parts(new Set(['dmp-heure-locale'])).root)).toEqual({
      ...sound,
      submission: ['20260702003000'],
      creation: ['20260105160530'],
    });
  });
});

test('TD0.2 asks for the existence of the DMP of one INS', () => {
  const query = existenceQuery({ matricule: '101066322083675', oid: '1.2.250.1.213.1.4.10' }, config, at);
  expect(xpath(query, '//h:patientIdentifier/h:value/@extension')).toEqual(['101066322083675']);
  expect(xpath(query, '//h:reasonCode/@code')).toEqual(['TEST_EXST']);
  expect(xpath(query, '/h:PRPA_IN201307UV02/h:creationTime/@value')).toEqual(['20260701223000']);
  expect(xpath(query, '//h:receiver//h:id/@root')).toEqual(['1.2.250.1.213.4.1.1.1']);
});

describe('packaging', () => {
  const attachment = { contentId: 'd@x', mediaType: 'text/xml', bytes: Buffer.from('--pas une frontière\r\n') };

  test('the root of what was packed is found again', () => {
    const { contentType, body } = packMtom('<a>é</a>', 'action', [attachment]);
    expect(Buffer.from(unpackRoot(contentType, body) ?? []).toString()).toBe('<a>é</a>');
  });

  test.each([
    ['start names the second part', 'multipart/related; boundary=b; start="<2>"', '<deux/>'],
    ['no start: the first part', 'multipart/related; boundary="b"', '<un/>'],
    ['unknown start: the first part', 'multipart/related; boundary="b"; start="<9>"', '<un/>'],
    ['no boundary', 'multipart/related', undefined],
    ['another boundary', 'multipart/related; boundary="z"', undefined],
  ])('%s', (_, contentType, expected) => {
    const body =
      '--b\r\nContent-ID: <1>\r\n\r\n<un/>\r\n--b\r\nContent-ID: <2>\r\nContent-Transfer-Encoding: BASE64\r\n\r\n' +
      `${Buffer.from('<deux/>').toString('base64')}\r\n--b--\r\n`;
    const root = unpackRoot(contentType, Buffer.from(body));
    expect(root && Buffer.from(root).toString()).toBe(expected);
  });
});
