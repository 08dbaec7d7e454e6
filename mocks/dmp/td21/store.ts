import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  type ExtrinsicObject,
  slotValues,
} from '#formats/ebrim/index.ts';
import { transferDecode } from '#formats/mime/index.ts';
import type { DmpCall } from '../call.ts';
import { type Addition, type RegistryEntry, storedDocument, type StoredAssociation } from '../registry.ts';
import type { StoredDocument } from '../types.ts';
import { ASSOCIATIONS } from '../vocabulary.ts';
import type { CdaHeader, CdaId } from './cda-header.ts';
import type { Replacement } from './registry-rules.ts';
import type { Submission, SubmittedDocument } from './submission.ts';

/**
 * What an accepted lot adds to the registry: symbolic ids become UUIDs, replaced documents are no longer current.
 * @param headers of the CDAs, by symbolic id
 */
export function additionOf(
  submission: Submission,
  call: DmpCall,
  replaced: readonly Replacement[],
  headers: ReadonlyMap<string, CdaHeader>,
): Addition {
  const { documents, set, setSource, uniqueId, associations } = submission;
  const { state, vihf } = call;
  const ins = vihf.patient?.ins ?? '';
  const uuids = new Map<string, string>();
  const uuidOf = (id: string): string => {
    // Ids that are already UUIDs of the registry (target of a replacement) stay.
    if (replaced.some(({ target }) => target.document.entryUUID === id)) return id;
    const found = uuids.get(id) ?? `urn:uuid:${state.uuid()}`;
    uuids.set(id, found);
    return found;
  };
  const entries = documents.map((submitted): RegistryEntry => {
    const target = replaced.find(({ source }) => source === submitted.entry.id)?.target;
    const header = headers.get(submitted.entry.id);
    const entryUUID = uuidOf(submitted.entry.id);
    const { read, held } = contentOf(submitted, call);
    const document = storedDocument(
      {
        uniqueId: submitted.uniqueId,
        entryUUID,
        lid: entryUUID,
        status: 'Approved',
        metadataVersion: 1,
        ...(header?.setId && { setId: written(header.setId) }),
        ...(header?.versionNumber === undefined ? {} : { versionNumber: header.versionNumber }),
        ...(target && { replaces: target.document.uniqueId }),
        ins,
        ...codesOf(submitted.entry),
        mimeType: submitted.entry.mimeType ?? '',
        title: submitted.entry.name ?? '',
        submissionTime: (set && slotValues(set, 'submissionTime')[0]) ?? '',
        hash: submitted.hash,
        size: submitted.bytes?.length ?? 0,
      },
      read,
    );
    const { isSignature, entry, source } = submitted;
    return { document, isSignature, entry, source, structure: vihf.structure, submissionSetId: uniqueId, held };
  });
  return {
    ...(set &&
      setSource && { set: { uuid: uuidOf(set.id), uniqueId, ins, structure: vihf.structure, set, source: setSource } }),
    entries,
    associations: associations.map((association): StoredAssociation => ({
      uuid: `urn:uuid:${state.uuid()}`,
      ins,
      type: association.associationType ?? '',
      source: uuidOf(association.sourceObject ?? ''),
      target:
        association.associationType === ASSOCIATIONS.replaces
          ? (association.targetObject ?? '')
          : uuidOf(association.targetObject ?? ''),
      slots: new Map(association.slots.map(({ name, values }) => [name, values])),
    })),
    deprecated: replaced.map(({ target }) => target.document.entryUUID),
  };
}

/** A large message is on the disk of the journal: its documents are read back from there. */
function contentOf(
  { bytes, part }: SubmittedDocument,
  { exchange }: DmpCall,
): { read: () => Uint8Array; held: number } {
  const again = part && exchange.later?.(part.raw);
  if (part && again) {
    const encoding = part.headers.find(([name]) => name.toLowerCase() === 'content-transfer-encoding')?.[1];
    return { read: () => transferDecode(again(), encoding), held: 0 };
  }
  const content = bytes ?? new Uint8Array();
  return { read: () => content, held: content.length };
}

/** `root` or `root^extension`. */
export function written({ root, extension }: CdaId): string {
  return extension === undefined ? root : `${root}^${extension}`;
}

/** Codes of an entry that the steps and the queries ask for. */
export function codesOf(
  entry: ExtrinsicObject,
): Pick<StoredDocument, 'classCode' | 'typeCode' | 'formatCode' | 'confidentiality'> {
  const code = (scheme: string): string => {
    const found = classification(entry, scheme);
    return found ? codeOf(found).code : '';
  };
  return {
    classCode: code(DOCUMENT_ENTRY.classCode),
    typeCode: code(DOCUMENT_ENTRY.typeCode),
    formatCode: code(DOCUMENT_ENTRY.formatCode),
    confidentiality: classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map((one) => codeOf(one).code),
  };
}
