import type { CdaDocument } from '#formats/cda/index.ts';
import { ASSOCIATION, DOCUMENT_ENTRY, externalIdentifier, type ExtrinsicObject } from '#formats/ebrim/index.ts';
import type { Judged } from './types.ts';

/**
 * A new version of a document: what the registry is told (RPLC) and what the CDA says of itself go together, and follow
 * the version replaced when it is known (D10 of protocols.md §2.11).
 */
export function checkReplacedVersion(judged: Judged, entry: ExtrinsicObject, cda: CdaDocument): void {
  const { objects, options, report } = judged;
  const { replaced } = options;
  const association = objects.associations.find(
    (one) => one.associationType === ASSOCIATION.replaces && one.sourceObject === entry.id,
  );
  const link = cda.relatedDocuments.find(({ typeCode }) => typeCode === 'RPLC');
  const place = `document ${entry.id}`;
  if (association === undefined && link !== undefined) {
    report.add('XDS-REPLACEMENT', {
      where: entry.path,
      received: `pas d’association RPLC, alors que le document dit en remplacer un autre (${place}, ${link.path})`,
      expected: 'une association RPLC de cette fiche vers l’entryUUID du document remplacé',
      remedy: 'Demandez au DMP l’entryUUID du document en vigueur, et reliez-y la nouvelle fiche.',
    });
    return;
  }
  if (association === undefined) return;
  const parent = link?.parentIds[0]?.root;
  if (link === undefined || parent === undefined || (replaced !== undefined && parent !== replaced.uniqueId)) {
    report.add('XDS-REPLACEMENT-CDA', {
      where: `${place}, ${link?.path ?? '/ClinicalDocument/relatedDocument'}`,
      received: link === undefined ? 'pas de relatedDocument RPLC' : `parentDocument/id ${parent ?? 'absent'}`,
      expected: `relatedDocument[@typeCode='RPLC'] vers ${replaced?.uniqueId ?? 'l’id du document remplacé'}`,
      remedy: 'Écrivez dans la nouvelle version l’identifiant du document qu’elle remplace.',
    });
  }
  const uniqueId = externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId);
  if (uniqueId !== undefined && (uniqueId.value === replaced?.uniqueId || uniqueId.value === parent)) {
    report.add('XDS-REPLACEMENT-ID', {
      where: `${uniqueId.path}/@value`,
      received: uniqueId.value,
      expected: 'un uniqueId neuf',
      remedy: 'Tirez un nouvel OID pour chaque version du document.',
    });
  }
  const { versionNumber, setId } = cda;
  const wanted = replaced?.versionNumber === undefined ? undefined : replaced.versionNumber + 1;
  if (wanted === undefined ? (versionNumber ?? 1) < 2 : versionNumber !== wanted) {
    report.add('XDS-REPLACEMENT-VERSION', {
      where: `${place}, /ClinicalDocument/versionNumber`,
      received: versionNumber === undefined ? 'absent' : String(versionNumber),
      expected: wanted === undefined ? '2 ou plus' : String(wanted),
      remedy: 'Augmentez versionNumber de un à chaque version.',
    });
  }
  const set = setId && `${setId.root}${setId.extension === undefined ? '' : `^${setId.extension}`}`;
  if (set === undefined || (replaced?.setId !== undefined && set !== replaced.setId)) {
    report.add('XDS-REPLACEMENT-SET', {
      where: `${place}, ${setId?.path ?? '/ClinicalDocument/setId'}`,
      received: set ?? 'absent',
      expected: replaced?.setId ?? 'le setId commun aux versions du document',
      remedy: 'Gardez le setId d’une version à l’autre.',
    });
  }
}
