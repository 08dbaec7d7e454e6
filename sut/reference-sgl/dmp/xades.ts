import { createHash } from 'node:crypto';
import { ParseOption, XmlDocument, XmlStringOutputBufferHandler } from 'libxml2-wasm';
import { SignedXml } from 'xml-crypto';
import { spoilDmp } from '../faults/index.ts';
import { el, textEl, xmlDocument } from '../xml/index.ts';
import { keyInfo, type Signer } from './credentials.ts';

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
/** "Source": who feeds the set is where it comes from. */
const PURPOSE = '1.2.840.10065.1.12.1.14';

const NAMESPACES = {
  'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#',
  'xmlns:xad': 'http://uri.etsi.org/01903/v1.1.1#',
};

/**
 * XAdES signature of a submission set (IHE DSG, old profile): the signed manifest names the set, whose digest is zero by
 * convention, and each document with the SHA-1 of its canonical form. Source: protocols.md §2.5.
 *
 * @param submissionSet OID of the set
 */
export function signSubmission(
  submissionSet: string,
  documents: readonly { readonly id: string; readonly bytes: Uint8Array }[],
  signer: Signer,
  at: Date,
  faults: ReadonlySet<string> = new Set(),
): Uint8Array {
  const written = el(
    'ds:Manifest',
    { ...NAMESPACES, Id: 'IHEManifest' },
    reference(submissionSet, 'AA=='),
    ...documents.map(({ id, bytes }) =>
      reference(id, sha1(faults.has('xds-manifeste-octets-bruts') ? bytes : canonical(bytes)), C14N),
    ),
  );
  const manifest = spoilDmp('manifest', written, faults);
  const bare = faults.has('xds-signature-sans-xades');
  const signature = new SignedXml({
    privateKey: signer.privateKey,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: C14N,
    getKeyInfoContent: () => keyInfo(signer),
    objects: [
      { content: purpose() },
      { content: manifest },
      ...(bare ? [] : [{ content: qualifyingProperties(signer, at) }]),
    ],
  });
  signature.addReference({
    xpath: "//*[@Id='IHEManifest']",
    type: 'http://www.w3.org/2000/09/xmldsig#Manifest',
    transforms: [C14N],
    digestAlgorithm: SHA256,
  });
  if (!bare) {
    signature.addReference({
      xpath: "//*[@Id='S0-SignedProperties']",
      type: 'http://uri.etsi.org/01903/v1.1.1#SignedProperties',
      transforms: [C14N],
      digestAlgorithm: SHA256,
    });
  }
  // The signature is a document of its own: the host element it is computed in is thrown away.
  signature.computeSignature('<hote/>', { prefix: 'ds', attrs: { Id: 'Signature01' } });
  const signed = xmlDocument(signature.getSignatureXml());
  const broken = signed.replace('xad:SigningTime>20', 'xad:SigningTime>19');
  return Buffer.from(faults.has('xds-signature-fausse') ? broken : signed, 'utf8');
}

/** Canonical XML 1.0 with comments, the transform that the reference declares. */
function canonical(bytes: Uint8Array): string {
  const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_HUGE });
  try {
    const handler = new XmlStringOutputBufferHandler();
    document.canonicalize(handler, { withComments: true });
    return handler.result;
  } finally {
    document.dispose();
  }
}

function sha1(content: string | Uint8Array): string {
  return createHash('sha1').update(content).digest('base64');
}

function reference(oid: string, digest: string, transform?: string): string {
  return el(
    'ds:Reference',
    { URI: `urn:oid:${oid}` },
    transform && el('ds:Transforms', {}, el('ds:Transform', { Algorithm: transform })),
    el('ds:DigestMethod', { Algorithm: SHA1 }),
    textEl('ds:DigestValue', digest),
  );
}

function purpose(): string {
  return el(
    'ds:SignatureProperties',
    NAMESPACES,
    el('ds:SignatureProperty', { Id: 'purposeOfSignature', Target: '#Signature01' }, PURPOSE),
  );
}

function qualifyingProperties(signer: Signer, at: Date): string {
  const der = Buffer.from(signer.certificate, 'base64');
  return el(
    'xad:QualifyingProperties',
    { ...NAMESPACES, Target: '#Signature01' },
    el(
      'xad:SignedProperties',
      { Id: 'S0-SignedProperties' },
      el(
        'xad:SignedSignatureProperties',
        {},
        textEl('xad:SigningTime', at.toISOString().replace(/\.\d+Z$/, 'Z')),
        el(
          'xad:SigningCertificate',
          {},
          el(
            'xad:Cert',
            {},
            el(
              'xad:CertDigest',
              {},
              el('xad:DigestMethod', { Algorithm: SHA256 }),
              textEl('xad:DigestValue', createHash('sha256').update(der).digest('base64')),
            ),
            el(
              'xad:IssuerSerial',
              {},
              textEl('ds:X509IssuerName', signer.issuer),
              textEl('ds:X509SerialNumber', signer.serialNumber),
            ),
          ),
        ),
        el('xad:SignaturePolicyIdentifier', {}, el('xad:SignaturePolicyImplied')),
      ),
    ),
  );
}
