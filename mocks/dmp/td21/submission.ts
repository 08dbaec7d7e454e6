import { createHash } from 'node:crypto';
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
import type { MimePart } from '#formats/mime/index.ts';
import { at, attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import limits from '../limits.json' with { type: 'json' };
import type { DmpMessage } from '../message.ts';
import type { RegistryProblem } from '../types.ts';
import { ASSOCIATIONS, RIM, SIGNATURE_FORMAT, XDSB } from '../vocabulary.ts';

export interface SubmittedDocument {
  readonly entry: ExtrinsicObject;
  /** The ExtrinsicObject as sent. */
  readonly source: XmlElement;
  /** Absent when no part was found. */
  readonly bytes: Uint8Array | undefined;
  /** SHA-1 of the bytes, lower-case hexadecimal; empty without bytes. */
  readonly hash: string;
  /** The MIME part that the bytes come from; absent for a document in line. */
  readonly part?: MimePart;
  readonly uniqueId: string;
  readonly isSignature: boolean;
}

/** What a TD2.1 call submits. */
export interface Submission {
  readonly set: RegistryPackage | undefined;
  /** The RegistryPackage as sent. */
  readonly setSource: XmlElement | undefined;
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
 * @returns a French reason when the body holds no RegistryObjectList, or more than any lot does
 * Source: protocols.md §2.5 (packaging), annex B.2 steps 1 and 5.
 */
export function readSubmission(message: DmpMessage, mtomRequired: boolean): Submission | string {
  const { payload } = message.envelope;
  const list = payload && at(payload, 'SubmitObjectsRequest', 'RegistryObjectList');
  if (!payload || !list) return 'SubmitObjectsRequest/RegistryObjectList absent';
  const objects = readRegistryObjects(list);
  const sources = children(list, 'ExtrinsicObject', RIM);
  const parts = children(payload, 'Document', XDSB);
  if (Math.max(sources.length, parts.length) > limits.documents) {
    return `plus de ${limits.documents} documents dans un lot`;
  }
  const signers = new Set(
    objects.associations
      .filter(({ associationType }) => associationType === ASSOCIATIONS.signs)
      .map(({ sourceObject }) => sourceObject),
  );
  const problems = duplicates(objects, parts);
  const read = partReader(message, mtomRequired);
  const documents = objects.documents.flatMap((entry, index): SubmittedDocument[] => {
    const source = sources[index];
    if (!source) return [];
    const part = parts.find((item) => attribute(item, 'id') === entry.id);
    const reading = part ? read(part) : `Aucun Document@id="${entry.id}"`;
    if (typeof reading === 'string') {
      problems.push({ code: 'XDSMissingDocument', context: reading, location: entry.id });
    }
    const content = typeof reading === 'string' ? undefined : reading;
    const format = classification(entry, DOCUMENT_ENTRY.formatCode);
    return [
      {
        entry,
        source,
        bytes: content?.bytes,
        hash: content === undefined ? '' : createHash('sha1').update(content.bytes).digest('hex'),
        ...(content?.part === undefined ? {} : { part: content.part }),
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
    setSource: children(list, 'RegistryPackage', RIM).find((one) => attribute(one, 'id') === submissionSet?.id),
    uniqueId: (submissionSet && externalIdentifier(submissionSet, SUBMISSION_SET.uniqueId)?.value) ?? '',
    documents,
    associations,
    problems,
  };
}

/** Symbolic ids of a message are its own: two objects under one id, or two Documents for one entry, mean nothing. */
function duplicates(objects: RegistryObjects, parts: readonly XmlElement[]): RegistryProblem[] {
  const twice = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  return [
    ...twice(objects.documents.map(({ id }) => id)).map((id) => ({
      code: 'XDSRegistryMetadataError',
      context: `Deux ExtrinsicObject portent l'id « ${id} »`,
      location: id,
    })),
    ...twice(parts.map((part) => attribute(part, 'id') ?? '')).map((id) => ({
      code: 'XDSRepositoryMetadataError',
      context: `Deux Document portent l'id « ${id} »`,
      location: id,
    })),
  ];
}

interface Content {
  readonly bytes: Uint8Array;
  readonly part?: MimePart;
}

/** Reads the bytes of each Document, or says why in French; a MIME part serves once. */
function partReader(message: DmpMessage, mtomRequired: boolean): (part: XmlElement) => Content | string {
  const used = new Set<MimePart>();
  return (part) => {
    const include = child(part, 'Include', XOP) ?? descendants(part, 'Include', XOP)[0];
    if (include) {
      const href = attribute(include, 'href') ?? '';
      const found = message.mtom?.find(href);
      if (!found) return `aucune partie MIME ne répond à ${href}`;
      if (used.has(found)) return `la partie MIME ${href} sert déjà à un autre document`;
      used.add(found);
      return { bytes: found.content, part: found };
    }
    if (mtomRequired) return 'document en ligne : le DMP attend une pièce MTOM (xop:Include)';
    const text = part.text.replaceAll(/\s/g, '');
    return text === '' ? 'document vide' : { bytes: new Uint8Array(Buffer.from(text, 'base64')) };
  };
}
