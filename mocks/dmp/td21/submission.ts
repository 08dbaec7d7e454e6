import {
  classification,
  codeOf,
  DOCUMENT_ENTRY,
  externalIdentifier,
  type ExtrinsicObject,
  readRegistryObjects,
  type RegistryObjects,
  type RegistryPackage,
  SUBMISSION_SET,
} from '#formats/ebrim/index.ts';
import { at, attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import type { DmpMessage } from '../message.ts';
import type { RegistryProblem } from '../types.ts';
import { ASSOCIATIONS, RIM, SIGNATURE_FORMAT, XDSB } from '../vocabulary.ts';

export interface SubmittedDocument {
  readonly entry: ExtrinsicObject;
  /** The ExtrinsicObject as sent. */
  readonly source: XmlElement;
  /** Absent when no part was found. */
  readonly bytes: Uint8Array | undefined;
  readonly uniqueId: string;
  readonly isSignature: boolean;
}

/** What a TD2.1 call submits. */
export interface Submission {
  readonly set: RegistryPackage | undefined;
  /** OID of the lot; empty when absent. */
  readonly uniqueId: string;
  readonly documents: readonly SubmittedDocument[];
  readonly associations: RegistryObjects['associations'];
  /** What was wrong with the parts themselves. */
  readonly problems: readonly RegistryProblem[];
}

const XOP = 'http://www.w3.org/2004/08/xop/include';

/**
 * Reads the lot, its entries and their bytes.
 * @returns undefined when the body holds no RegistryObjectList
 * Source: protocols.md §2.5 (packaging), annex B.2 steps 1 and 5.
 */
export function readSubmission(message: DmpMessage, mtomRequired: boolean): Submission | undefined {
  const { payload } = message.envelope;
  const list = payload && at(payload, 'SubmitObjectsRequest', 'RegistryObjectList');
  if (!payload || !list) return undefined;
  const objects = readRegistryObjects(list);
  const sources = children(list, 'ExtrinsicObject', RIM);
  const parts = children(payload, 'Document', XDSB);
  const signers = new Set(
    objects.associations
      .filter(({ associationType }) => associationType === ASSOCIATIONS.signs)
      .map(({ sourceObject }) => sourceObject),
  );
  const problems: RegistryProblem[] = [];
  const documents = objects.documents.flatMap((entry, index): SubmittedDocument[] => {
    const source = sources[index];
    if (!source) return [];
    const part = parts.find((item) => attribute(item, 'id') === entry.id);
    const reading = part && readPart(part, message, mtomRequired);
    if (!part) {
      problems.push({ code: 'XDSMissingDocument', context: `Aucun Document@id="${entry.id}"`, location: entry.id });
    } else if (typeof reading === 'string') {
      problems.push({ code: 'XDSMissingDocument', context: reading, location: entry.id });
    }
    const format = classification(entry, DOCUMENT_ENTRY.formatCode);
    return [
      {
        entry,
        source,
        bytes: typeof reading === 'string' ? undefined : reading,
        uniqueId: externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId)?.value ?? '',
        isSignature: (format && codeOf(format).code === SIGNATURE_FORMAT) === true || signers.has(entry.id),
      },
    ];
  });
  for (const part of parts) {
    const id = attribute(part, 'id') ?? '';
    if (!objects.documents.some((entry) => entry.id === id)) {
      const context = `Document@id="${id}" sans ExtrinsicObject`;
      problems.push({ code: 'XDSMissingDocumentMetadata', context, location: id });
    }
  }
  const { submissionSet, associations } = objects;
  return {
    set: submissionSet,
    uniqueId: (submissionSet && externalIdentifier(submissionSet, SUBMISSION_SET.uniqueId)?.value) ?? '',
    documents,
    associations,
    problems,
  };
}

/** Bytes of a Document, or a French reason. */
function readPart(part: XmlElement, message: DmpMessage, mtomRequired: boolean): Uint8Array | string {
  const include = child(part, 'Include', XOP) ?? descendants(part, 'Include', XOP)[0];
  if (include) {
    const href = attribute(include, 'href') ?? '';
    const found = message.mtom?.find(href);
    return found ? found.content : `aucune partie MIME ne répond à ${href}`;
  }
  if (mtomRequired) return 'document en ligne : le DMP attend une pièce MTOM (xop:Include)';
  const text = part.text.replaceAll(/\s/g, '');
  return text === '' ? 'document vide' : new Uint8Array(Buffer.from(text, 'base64'));
}
