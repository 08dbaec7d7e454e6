import { createHash } from 'node:crypto';
import { DOCUMENT_ENTRY, externalIdentifier, SUBMISSION_SET, type ExtrinsicObject } from '#formats/ebrim/index.ts';
import { attribute, canonicalXml, child, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import { DSIG, verifySignature } from '#formats/xmldsig/index.ts';
import { checkSignatureEntry } from './signature-entry.ts';
import { isSignatureEntry } from './submission.ts';
import type { Judged } from './types.ts';
import { checkSetCertificate, checkXades } from './xades.ts';

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const DIGESTS: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
};

/** Signature of the submission set (D9 of protocols.md §2.11). */
export function checkSignature(judged: Judged): void {
  const { objects, report, submission } = judged;
  const entry = objects.documents.find(isSignatureEntry);
  if (entry === undefined) {
    report.add('XDS-SIGNATURE-ENTRY', {
      where: '/Envelope/Body[1]',
      received: 'pas de fiche de signature',
      expected: 'un ExtrinsicObject de formatCode http://www.w3.org/2000/09/xmldsig#',
      remedy: 'Signez le lot (XAdES) et ajoutez la signature au lot comme un document.',
    });
    return;
  }
  checkSignatureEntry(judged, entry);
  const bytes = submission.documents.find((document) => document.id === entry.id)?.bytes;
  if (bytes === undefined) return;
  const reading = readXml(bytes);
  const signature = reading.ok ? signatureOf(reading.root) : undefined;
  if (signature === undefined) {
    report.add('XDS-SIGNATURE-VALUE', {
      where: `document ${entry.id}`,
      received: reading.ok ? 'pas d’élément ds:Signature' : reading.fault.message,
      expected: 'un document XAdES',
      remedy: 'Envoyez la signature XML du lot dans la partie de la fiche de signature.',
    });
    return;
  }
  checkManifest(judged, entry, verifiedManifest(judged, entry, bytes, signature));
  const where = `document ${entry.id}`;
  checkXades(judged, where, signature);
  checkSetCertificate(judged, where, signature);
}

function signatureOf(root: XmlElement): XmlElement | undefined {
  return root.name.local === 'Signature' && root.name.namespace === DSIG
    ? root
    : descendants(root, 'Signature', DSIG)[0];
}

/** The manifest, from what was signed when the signature is right. */
function verifiedManifest(
  { report }: Judged,
  entry: ExtrinsicObject,
  bytes: Uint8Array,
  signature: XmlElement,
): XmlElement | undefined {
  const sent = descendants(signature, 'Manifest', DSIG)[0];
  const verification = verifySignature(bytes, signature.path);
  if (!verification.ok) {
    report.add('XDS-SIGNATURE-VALUE', {
      where: `document ${entry.id}, ${signature.path}`,
      received: verification.fault.message,
      expected: 'une signature juste sur le manifeste et les propriétés signées',
      remedy: 'Signez en dernier et n’indentez plus le document de signature.',
      ...(verification.fault.code === 'SIGNATURE_UNSUPPORTED' ? { severity: 'warning' as const } : {}),
    });
    return sent;
  }
  const signed = verification.signature.signed
    .flatMap((e) => (e.name.local === 'Manifest' ? [e] : descendants(e, 'Manifest', DSIG)))
    .find((e) => e.name.namespace === DSIG);
  if (signed === undefined && sent !== undefined) {
    report.add('XDS-SIGNATURE-VALUE', {
      where: `document ${entry.id}, ${signature.path}`,
      received: 'le manifeste n’est pas signé',
      expected: 'une référence de SignedInfo vers le manifeste (#IHEManifest)',
      remedy: 'Ajoutez le manifeste aux références signées.',
    });
  }
  return signed ?? sent;
}

function checkManifest(
  { objects, report, submission }: Judged,
  entry: ExtrinsicObject,
  manifest: XmlElement | undefined,
): void {
  const where = `document ${entry.id}, ${manifest?.path ?? 'Manifest'}`;
  const references = new Map(
    (manifest ? children(manifest, 'Reference', DSIG) : []).map((e) => [attribute(e, 'URI', '') ?? '', e]),
  );
  const lot = objects.submissionSet && externalIdentifier(objects.submissionSet, SUBMISSION_SET.uniqueId)?.value;
  const wanted = [
    ...(lot ? [{ id: lot, bytes: undefined }] : []),
    ...objects.documents
      .filter((one) => one !== entry)
      .map((one) => ({
        id: externalIdentifier(one, DOCUMENT_ENTRY.uniqueId)?.value ?? '',
        bytes: submission.documents.find((document) => document.id === one.id)?.bytes,
      })),
  ];
  for (const { id, bytes } of wanted) {
    const reference = references.get(`urn:oid:${id}`);
    if (reference === undefined) {
      report.add('XDS-MANIFEST', {
        where,
        received: [...references.keys()].join(', ') || 'aucune référence',
        expected: `une référence urn:oid:${id}`,
        remedy: 'Citez le lot et chaque document dans le manifeste.',
      });
      continue;
    }
    // The digest of the set itself is a conventional zero.
    if (bytes === undefined) continue;
    const received = child(reference, 'DigestValue', DSIG)?.text.trim() ?? '';
    const expected = digestOf(reference, bytes);
    if (expected !== undefined && received.replace(/\s+/g, '') === expected) continue;
    report.add('XDS-MANIFEST', {
      where: `document ${entry.id}, ${reference.path}`,
      received: received || 'vide',
      expected: expected ?? 'un condensat SHA-1 ou SHA-256, sans transformation ou avec C14N',
      remedy: 'Calculez le condensat sur les octets de la partie, après la transformation annoncée.',
    });
  }
}

/** Digest of a document as the reference says to compute it; undefined when it says something unknown. */
function digestOf(reference: XmlElement, bytes: Uint8Array): string | undefined {
  const method = child(reference, 'DigestMethod', DSIG);
  const algorithm = DIGESTS[(method && attribute(method, 'Algorithm', '')) ?? ''];
  if (algorithm === undefined) return undefined;
  let content: Uint8Array | string | undefined = bytes;
  const list = child(reference, 'Transforms', DSIG);
  for (const transform of list ? children(list, 'Transform', DSIG) : []) {
    const name = attribute(transform, 'Algorithm', '') ?? '';
    const comments = name.endsWith('WithComments');
    const base = name.replace(/#?WithComments$/, '');
    const exclusive = base === EXC_C14N || base === EXC_C14N.slice(0, -1);
    if (base !== C14N && !exclusive) return undefined;
    content = canonicalXml(bytes, { exclusive, comments });
  }
  return content === undefined ? undefined : createHash(algorithm).update(content).digest('base64');
}
