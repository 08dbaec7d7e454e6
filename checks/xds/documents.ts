import { createHash } from 'node:crypto';
import { slot, type ExtrinsicObject } from '#formats/ebrim/index.ts';
import { isSignatureEntry } from './submission.ts';
import type { Judged } from './types.ts';

/** Documents against parts, entries, hash and size (D6 and D8 of protocols.md §2.11). */
export function checkDocuments(judged: Judged): void {
  const { objects, report, submission } = judged;
  for (const document of submission.documents) {
    if (document.href === undefined) {
      report.add('XDS-INLINE-DOCUMENT', {
        where: document.path,
        received: 'contenu en base64 dans le message',
        expected: 'un xop:Include vers une partie MTOM',
        remedy: 'Activez MTOM pour l’élément Document : le DMP exige que les documents soient dans des parties.',
      });
    } else if (document.part === undefined && submission.mtomFault === undefined) {
      report.add('XDS-DOCUMENT-PART', {
        where: document.path,
        received: document.href || 'href vide',
        expected: 'le Content-ID d’une partie, précédé de cid:',
        remedy: 'Faites correspondre xop:Include/@href et le Content-ID de la partie.',
      });
    }
    if (!objects.documents.some((entry) => entry.id === document.id)) {
      report.add('XDS-DOCUMENT-PART', {
        where: `${document.path}/@id`,
        received: document.id || 'vide',
        expected: 'l’id d’un ExtrinsicObject du lot',
        remedy: 'Donnez au Document l’id de sa fiche.',
      });
    }
  }
  for (const entry of objects.documents) {
    const found = submission.documents.filter((document) => document.id === entry.id);
    if (found.length !== 1) {
      report.add('XDS-DOCUMENT-PART', {
        where: entry.path,
        received: `${found.length} Document pour la fiche ${entry.id || 'sans id'}`,
        expected: 'un Document par fiche',
        remedy: 'Envoyez un Document, et un seul, pour chaque ExtrinsicObject.',
      });
    }
    const bytes = found[0]?.bytes;
    if (bytes !== undefined) checkFootprint(judged, entry, bytes);
  }
  for (const orphan of submission.orphans) {
    report.add('XDS-DOCUMENT-PART', {
      where: `partie MTOM <${orphan}>`,
      received: 'aucun Document ne la désigne',
      expected: 'un Document par partie',
      remedy: 'Retirez la partie, ou ajoutez le Document et la fiche qui la désignent.',
    });
  }
}

function checkFootprint({ report, options }: Judged, entry: ExtrinsicObject, bytes: Uint8Array): void {
  const hash = createHash('sha1').update(bytes).digest('hex');
  for (const [rule, name, expected] of [
    ['XDS-HASH', 'hash', hash],
    ['XDS-SIZE', 'size', String(bytes.byteLength)],
  ] as const) {
    const found = slot(entry, name);
    const value = found?.values[0]?.trim() ?? '';
    if (value.toLowerCase() === expected) continue;
    if (value === '' && isSignatureEntry(entry)) continue;
    report.add(rule, {
      where: found?.path ?? entry.path,
      received: value || 'absent',
      expected,
      remedy:
        value === ''
          ? `Ajoutez le Slot ${name}, calculé sur les octets exacts de la partie.`
          : `Calculez ${name} sur les octets exacts de la partie, après toute mise en forme.`,
      // The profile requires both, the official sample client leaves them out.
      ...(value === '' && options.hashAndSize !== 'required' ? { severity: 'warning' as const } : {}),
    });
  }
}
