import type { CdaHeader, CdaId } from './cda-header.ts';
import { codesOf, written } from './store.ts';
import type { Replacement } from './registry-rules.ts';
import type { SubmittedDocument } from './submission.ts';

/**
 * What a new version says that does not follow the document it replaces. Whether the DMP refuses any of it is not known:
 * it is accepted, and told.
 *
 * @param headers of the CDAs, by symbolic id
 * @returns French sentences
 * Source: protocols.md §2.11 (D10), §2.8 (entryUUID, lid and versions).
 */
export function replacementNotes(
  replaced: readonly Replacement[],
  documents: readonly SubmittedDocument[],
  headers: ReadonlyMap<string, CdaHeader>,
): readonly string[] {
  return replaced.flatMap(({ source, target: { document: former } }) => {
    const entry = documents.find((one) => one.entry.id === source)?.entry;
    if (!entry) return [];
    const { typeCode } = codesOf(entry);
    const header = headers.get(source);
    return [
      ...(typeCode === former.typeCode
        ? []
        : [`typeCode ${typeCode}, celui du document remplacé est ${former.typeCode}`]),
      ...(entry.lid !== undefined && entry.lid === former.lid
        ? ['lid du document remplacé : seule une mise à jour de ses métadonnées (TD3.3) le garde']
        : []),
      ...(header ? cdaNotes(header, former) : []),
    ].map((note) => `remplacement par ${source.slice(0, 80)} : ${note}`);
  });
}

interface Former {
  readonly uniqueId: string;
  readonly setId?: string;
  readonly versionNumber?: number;
}

function cdaNotes({ setId, versionNumber, replaces }: CdaHeader, former: Former): readonly string[] {
  const set = setId && written(setId);
  return [
    ...(former.setId === undefined || set === former.setId
      ? []
      : [`setId du CDA ${set ?? 'absent'}, celui du document remplacé est ${former.setId}`]),
    ...(former.versionNumber === undefined || (versionNumber ?? 0) > former.versionNumber
      ? []
      : [`versionNumber du CDA ${versionNumber ?? 'absent'}, celui du document remplacé est ${former.versionNumber}`]),
    ...parentNotes(replaces, former.uniqueId),
  ];
}

function parentNotes(replaces: readonly CdaId[], uniqueId: string): readonly string[] {
  if (replaces.some(({ root }) => root === uniqueId)) return [];
  const said = replaces.map(written).join(', ') || 'aucun document';
  return [`le CDA dit remplacer ${said} (relatedDocument RPLC), et non ${uniqueId}`];
}
