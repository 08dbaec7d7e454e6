import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  DOCUMENT_ENTRY_TYPE,
  externalIdentifier,
  type ExtrinsicObject,
  slotValues,
} from '#formats/ebrim/index.ts';
import type { DmpProfile } from '../settings.ts';
import type { RegistryProblem } from '../types.ts';
import { cxFault, insFault, oidFault, specialtyFault, timeFault, xcnFault, xonFault } from './fields.ts';
import rules from './metadata.json' with { type: 'json' };
import type { SubmittedDocument } from './submission.ts';

const METADATA = 'XDSRegistryMetadataError';

const MIME_TYPES: ReadonlySet<string> = new Set(rules.mimeTypes);

export type Blame = (context: string | undefined, code?: string) => void;

/**
 * One document entry: required metadata, codes, syntax of the fields, patient, hash and size.
 * Source: protocols.md §2.5 (document entry, field formats), annex B.2 step 5.
 */
export function judgeEntry(document: SubmittedDocument, profile: DmpProfile): readonly RegistryProblem[] {
  const { entry, isSignature } = document;
  const problems: RegistryProblem[] = [];
  const blame: Blame = (context, code = METADATA) => {
    if (context !== undefined) problems.push({ code, context, location: entry.id });
  };
  if (entry.objectType !== DOCUMENT_ENTRY_TYPE) blame(`objectType « ${entry.objectType ?? 'absent'} » faux`);
  if ((entry.mimeType ?? '') === '') blame('mimeType : absent');
  else if (!MIME_TYPES.has(entry.mimeType ?? ''))
    blame(`mimeType : « ${entry.mimeType ?? ''} » hors du jeu de valeurs`);
  if (!isSignature && (entry.name ?? '') === '') blame('title (Name) : absent');
  judgeSlots(entry, isSignature ? rules.signatureSlots : rules.documentSlots, blame);
  judgeIdentifiers(document, blame);
  if (!isSignature) {
    judgeCodes(entry, blame);
    judgeConfidentiality(entry, profile, blame);
    judgeAuthors(entry, blame);
  }
  judgeContent(document, profile, blame);
  return problems;
}

function judgeSlots(entry: ExtrinsicObject, required: readonly string[], blame: Blame): void {
  for (const name of required) {
    if ((slotValues(entry, name)[0] ?? '') === '') blame(`${name} : absent`);
  }
  for (const name of rules.timeSlots) {
    for (const value of slotValues(entry, name)) prefix(blame, name, timeFault(value));
  }
  for (const value of slotValues(entry, 'sourcePatientId')) prefix(blame, 'sourcePatientId', cxFault(value));
  for (const value of slotValues(entry, 'legalAuthenticator')) prefix(blame, 'legalAuthenticator', xcnFault(value));
}

function prefix(blame: Blame, name: string, reason: string | undefined): void {
  if (reason !== undefined) blame(`${name} : ${reason}`);
}

function judgeIdentifiers({ entry, uniqueId }: SubmittedDocument, blame: Blame): void {
  prefix(blame, 'uniqueId', uniqueId === '' ? 'absent' : oidFault(uniqueId));
  const patientId = externalIdentifier(entry, DOCUMENT_ENTRY.patientId)?.value;
  prefix(blame, 'patientId', patientId === undefined ? 'absent' : insFault(patientId));
}

const SCHEMES: Readonly<Record<string, string>> = DOCUMENT_ENTRY;

function judgeCodes(entry: ExtrinsicObject, blame: Blame): void {
  for (const { name, systems, pattern } of rules.codes) {
    const found = classification(entry, SCHEMES[name] ?? '');
    if (!found) {
      blame(`${name} : absent`);
      continue;
    }
    const { code, label, system } = codeOf(found);
    const known: readonly string[] = systems;
    if (!new RegExp(pattern).test(code)) blame(`${name} : code « ${code} » hors du jeu de valeurs`);
    if (system === '' || (known.length > 0 && !known.includes(system))) {
      blame(`${name} : codingScheme « ${system} » au lieu de ${known.join(' ou ') || 'un système'}`);
    }
    if (label === '') blame(`${name} : libellé absent`);
  }
}

/** Codes of a document: in their value sets, N among them, no forbidden combination. */
export function judgeConfidentiality(entry: ExtrinsicObject, profile: DmpProfile, blame: Blame): void {
  const sent = classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map(codeOf);
  const values = new Map<string, readonly string[]>(Object.entries(rules.confidentiality));
  for (const { code, system } of sent) {
    if (values.get(system)?.includes(code) !== true)
      blame(`confidentialityCode : ${code} (${system}) hors du jeu de valeurs`);
  }
  const codes = new Set(sent.map(({ code }) => code));
  if (sent.length === 0) blame('confidentialityCode : absent');
  else if (!codes.has('N')) blame('confidentialityCode : N attendu en premier');
  if (profile.maskedAndInvisibleRefused && codes.has('MASQUE_PS') && codes.has('INVISIBLE_PATIENT')) {
    blame('confidentialityCode : MASQUE_PS et INVISIBLE_PATIENT sur un même document');
  }
}

/** Documents that the patient writes (class 90) carry no institution. */
function judgeAuthors(entry: ExtrinsicObject, blame: Blame): void {
  const authors = classifications(entry, DOCUMENT_ENTRY.author);
  if (authors.length === 0) blame('author : absent');
  const classCode = classification(entry, DOCUMENT_ENTRY.classCode);
  const byPatient = classCode !== undefined && codeOf(classCode).code === '90';
  for (const author of authors) {
    const persons = slotValues(author, 'authorPerson');
    const institutions = slotValues(author, 'authorInstitution');
    if (persons.length === 0) blame('authorPerson : absent');
    if (institutions.length === 0 && !byPatient) blame('authorInstitution : absent');
    for (const value of persons) prefix(blame, 'authorPerson', xcnFault(value));
    for (const value of institutions) prefix(blame, 'authorInstitution', xonFault(value));
    for (const value of slotValues(author, 'authorSpecialty')) prefix(blame, 'authorSpecialty', specialtyFault(value));
  }
}

/** Hash and size must be right when they are there; whether they must be there is a setting (sources disagree). */
function judgeContent(
  { entry, bytes, hash: found, isSignature }: SubmittedDocument,
  profile: DmpProfile,
  blame: Blame,
): void {
  const mismatch = 'XDSRepositoryMetadataError';
  const hash = slotValues(entry, 'hash')[0];
  const size = slotValues(entry, 'size')[0];
  if (profile.hashAndSizeRequired && !isSignature && (hash === undefined || size === undefined)) {
    blame('hash et size : obligatoires');
  }
  if (!bytes) return;
  if (bytes.length === 0) blame('document vide', mismatch);
  if (hash !== undefined && hash.trim().toLowerCase() !== found) {
    blame(`hash « ${hash} » différent de l'empreinte SHA-1 du document (${found})`, mismatch);
  }
  if (size !== undefined && size.trim() !== String(bytes.length)) {
    blame(`size « ${size} » différent de la taille du document (${bytes.length} octets)`, mismatch);
  }
}
