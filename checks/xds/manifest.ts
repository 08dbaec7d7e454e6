import { DOCUMENT_ENTRY, externalIdentifier, SUBMISSION_SET, type ExtrinsicObject } from '#formats/ebrim/index.ts';
import { attribute, child, children, type XmlElement } from '#formats/xml/index.ts';
import { compareDigest, DSIG, type DigestComparison } from '#formats/xmldsig/index.ts';
import { limitBreach } from '../report/index.ts';
import type { Judged } from './types.ts';

/**
 * The manifest of a signature: the set and each document are named, each digest is that of what was transmitted, computed
 * as its reference says (protocols.md §2.5, signature of the submission set).
 *
 * @param entry of the signature
 */
export function checkManifest(
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
    ...(lot ? [{ id: lot, name: '', bytes: undefined }] : []),
    ...objects.documents
      .filter((one) => one !== entry)
      .map((one) => ({
        id: externalIdentifier(one, DOCUMENT_ENTRY.uniqueId)?.value ?? '',
        name: one.id,
        bytes: submission.documents.find((document) => document.id === one.id)?.bytes,
      })),
  ];
  for (const { id, name, bytes } of wanted) {
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
    const compared = compareDigest(reference, bytes);
    if (compared.kind === 'limit') {
      report.add('DMP-LIMIT', limitBreach(`document ${name}`, 'son empreinte dans le manifeste', compared));
      continue;
    }
    const said = sayWrong(compared, child(reference, 'DigestValue', DSIG)?.text.trim() ?? '');
    if (said !== undefined) report.add('XDS-MANIFEST', { where: `document ${entry.id}, ${reference.path}`, ...said });
  }
}

const REMEDY = 'Calculez l’empreinte sur les octets de la partie, après la transformation annoncée.';

function sayWrong(
  compared: Exclude<DigestComparison, { readonly kind: 'limit' }>,
  value: string,
): { readonly received: string; readonly expected: string; readonly remedy: string } | undefined {
  switch (compared.kind) {
    case 'right':
      return undefined;
    case 'unsupported':
      return {
        received: compared.algorithm || 'pas de DigestMethod',
        expected: 'une empreinte SHA-1 ou SHA-256, sans transformation ou avec C14N',
        remedy: REMEDY,
      };
    case 'not-xml':
      return {
        received: `une forme canonique (C14N) d’un document qui n’est pas du XML : ${compared.message}`,
        expected: 'pas de transformation pour un document qui n’est pas du XML',
        remedy: 'Retirez Transforms de la référence, et calculez l’empreinte sur les octets de la partie.',
      };
    case 'wrong': {
      const { expected, isThatOf, transforms } = compared;
      const announced = transforms.join(', ');
      const of = {
        raw: `${value} : l’empreinte est celle des octets bruts, la transformation ${announced} était annoncée`,
        canonical: `${value} : l’empreinte est celle de la forme canonique, aucune transformation n’était annoncée`,
      };
      return {
        received: (isThatOf && of[isThatOf]) ?? (value || 'vide'),
        expected,
        remedy:
          isThatOf === undefined
            ? REMEDY
            : 'Annoncez dans Transforms ce qui est fait, et rien d’autre : appliquez la transformation, ou retirez-la.',
      };
    }
  }
}
