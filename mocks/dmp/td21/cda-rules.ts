import { classification, classifications, codeOf, DOCUMENT_ENTRY, parseXcn, slotValues } from '#formats/ebrim/index.ts';
import type { RegistryProblem } from '../types.ts';
import type { Vihf } from '../vihf/read.ts';
import { type CdaHeader, readCdaHeader } from './cda-header.ts';
import rules from './metadata.json' with { type: 'json' };
import type { SubmittedDocument } from './submission.ts';

export interface CdaJudgement {
  /** Absent when the document is no CDA, or cannot be read. */
  readonly header?: CdaHeader;
  readonly problems: readonly RegistryProblem[];
}

/** Media types that carry a CDA: the plain one and the self-presenting one. */
const CDA_TYPES: ReadonlySet<string> = new Set(rules.cdaTypes);

/**
 * The CDA of an entry: well-formed, and its header says the same document, patient, type and author as the metadata.
 * Schema and schematron are the business of the checks. Source: protocols.md annex B.2 step 6.
 */
export function judgeCda({ entry, bytes, uniqueId, isSignature }: SubmittedDocument, vihf: Vihf): CdaJudgement {
  if (isSignature || !bytes || !CDA_TYPES.has(entry.mimeType ?? '')) return { problems: [] };
  const blame = (context: string, code = 'XDSRepositoryMetadataError'): RegistryProblem => ({
    code,
    context,
    location: entry.id,
  });
  const reading = readCdaHeader(bytes);
  if (!reading.ok) return { problems: [blame(reading.reason)] };
  const { header } = reading;
  const problems: RegistryProblem[] = [];
  if (header.id?.extension !== undefined) {
    problems.push(blame("L'id du CDA porte une extension, que le DMP n'admet pas"));
  }
  const root = header.id?.root ?? '';
  if (root !== uniqueId) problems.push(blame(`id du CDA « ${root} » différent de uniqueId « ${uniqueId} »`));
  const typeCode = classification(entry, DOCUMENT_ENTRY.typeCode);
  if (typeCode && (header.code ?? '') !== codeOf(typeCode).code) {
    problems.push(blame(`code du CDA « ${header.code ?? ''} » différent de typeCode « ${codeOf(typeCode).code} »`));
  }
  if (!header.patients.some((id) => id.root === vihf.patient?.oid && id.extension === vihf.patient.ins)) {
    problems.push(blame("Le patient du CDA n'est pas celui du VIHF", 'XDSPatientIdDoesNotMatch'));
  }
  const written = classifications(entry, DOCUMENT_ENTRY.author).flatMap((author) =>
    slotValues(author, 'authorPerson').map((value) => parseXcn(value).id),
  );
  const authors = new Set(header.authors.map(({ extension, root: oid }) => extension ?? oid));
  // A header without author is the business of the schema.
  if (authors.size > 0 && written.length > 0 && !written.some((id) => authors.has(id))) {
    problems.push(blame("Aucun auteur de la fiche (authorPerson) n'est un auteur du CDA"));
  }
  return { header, problems };
}
