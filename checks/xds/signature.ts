import type { ExtrinsicObject } from '#formats/ebrim/index.ts';
import { descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import { DSIG, verifySignature } from '#formats/xmldsig/index.ts';
import { isBenchLimit, limitBreach } from '../report/index.ts';
import { checkManifest } from './manifest.ts';
import { checkSignatureEntry } from './signature-entry.ts';
import { isSignatureEntry } from './submission.ts';
import type { Judged } from './types.ts';
import { checkSetCertificate, checkXades } from './xades.ts';

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
  if (!reading.ok && isBenchLimit(reading.fault)) {
    report.add('DMP-LIMIT', limitBreach(`document ${entry.id}`, 'la signature du lot', reading.fault));
    return;
  }
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
  if (!verification.ok && isBenchLimit(verification.fault)) {
    report.add(
      'DMP-LIMIT',
      limitBreach(`document ${entry.id}`, 'la valeur de la signature du lot', verification.fault),
    );
    return sent;
  }
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
