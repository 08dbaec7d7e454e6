import { classification, codeOf, DOCUMENT_ENTRY } from '#formats/ebrim/index.ts';
import { at, attribute, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import type { RegistryProblem } from '../types.ts';
import type { Vihf } from '../vihf/read.ts';
import { HL7V3 } from '../vocabulary.ts';
import type { SubmittedDocument } from './submission.ts';

/** Media types that carry a CDA: the plain one and the self-presenting one. */
const CDA_TYPES: ReadonlySet<string> = new Set(['text/xml', 'application/xslt+xml']);

/**
 * The CDA of an entry: well-formed, and its header says the same document, patient and type as the metadata.
 * Schema and schematron are the business of the checks. Source: protocols.md annex B.2 step 6.
 */
export function judgeCda(
  { entry, bytes, uniqueId, isSignature }: SubmittedDocument,
  vihf: Vihf,
): readonly RegistryProblem[] {
  if (isSignature || !bytes || !CDA_TYPES.has(entry.mimeType ?? '')) return [];
  const blame = (context: string, code = 'XDSRepositoryMetadataError'): RegistryProblem => ({
    code,
    context,
    location: entry.id,
  });
  const reading = readXml(bytes);
  if (!reading.ok) return [blame(`CDA mal formé : ${reading.fault.message}`)];
  const cda = clinicalDocument(reading.root);
  if (!cda) return [blame(`La racine du document est ${reading.root.name.local} et non ClinicalDocument`)];

  const problems: RegistryProblem[] = [];
  const id = at(cda, 'id');
  if (id && attribute(id, 'extension') !== undefined) {
    problems.push(blame("L'id du CDA porte une extension, que le DMP n'admet pas"));
  }
  const root = (id && attribute(id, 'root')) ?? '';
  if (root !== uniqueId) problems.push(blame(`id du CDA « ${root} » différent de uniqueId « ${uniqueId} »`));
  const code = at(cda, 'code');
  const typeCode = classification(entry, DOCUMENT_ENTRY.typeCode);
  const cdaCode = (code && attribute(code, 'code')) ?? '';
  if (typeCode && cdaCode !== codeOf(typeCode).code) {
    problems.push(blame(`code du CDA « ${cdaCode} » différent de typeCode « ${codeOf(typeCode).code} »`));
  }
  if (!isRecordOf(cda, vihf)) {
    problems.push(blame("Le patient du CDA n'est pas celui du VIHF", 'XDSPatientIdDoesNotMatch'));
  }
  return problems;
}

function clinicalDocument(root: XmlElement): XmlElement | undefined {
  return root.name.local === 'ClinicalDocument' && root.name.namespace === HL7V3
    ? root
    : descendants(root, 'ClinicalDocument', HL7V3)[0];
}

function isRecordOf(cda: XmlElement, { patient }: Vihf): boolean {
  const role = at(cda, 'recordTarget', 'patientRole');
  const ids = role ? children(role, 'id') : [];
  return ids.some((id) => attribute(id, 'root') === patient?.oid && attribute(id, 'extension') === patient?.ins);
}
