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
import type { DmpProfile, DmpSettings } from '../settings.ts';
import type { RegistryProblem } from '../types.ts';
import type { CodeRules } from './code-sets.ts';
import { cxFault, insFault, isWholeTime, oidFault, specialtyFault, timeFault, xcnFault, xonFault } from './fields.ts';
import rules from './metadata.json' with { type: 'json' };
import type { SubmittedDocument } from './submission.ts';

const METADATA = 'XDSRegistryMetadataError';

const REFERENCES = 'urn:ihe:iti:xds:2013:referenceIdList';
const PATIENT_LINES = rules.sourcePatientInfo.map((pattern) => new RegExp(pattern));
const MIME_TYPES: ReadonlySet<string> = new Set(rules.mimeTypes);

export type Blame = (context: string | undefined, code?: string) => void;
type Warn = (sentence: string) => void;

/**
 * One document entry: required metadata, codes, syntax of the fields, hash and size.
 * @param warn is told what the facts forbid without saying that the service refuses it
 * Source: protocols.md §2.5 (document entry, field formats), annex B.2 step 5.
 */
export function judgeEntry(
  document: SubmittedDocument,
  { profile, codes }: DmpSettings,
  warn: Warn,
): readonly RegistryProblem[] {
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
  const { length } = entry.name ?? '';
  if (length > rules.maxTitle) blame(`title (Name) : ${length} caractères, ${rules.maxTitle} au plus`);
  judgeSlots(entry, isSignature ? rules.signatureSlots : rules.documentSlots, blame, warn);
  judgeIdentifiers(document, blame);
  if (!isSignature) {
    judgeCodes(entry, codes, blame, warn);
    judgeConfidentiality(entry, { profile, codes }, blame, warn);
    judgeEvents(entry, codes, blame);
    judgeAuthors(entry, blame);
    for (const line of slotValues(entry, 'sourcePatientInfo')) {
      if (!PATIENT_LINES.some((form) => form.test(line)))
        warn(`${entry.id.slice(0, 80)} : sourcePatientInfo « ${line.slice(0, 80)} » mal écrit`);
    }
  } else noteSignatureEntry(entry, warn);
  judgeContent(document, profile, blame);
  return problems;
}

function judgeSlots(entry: ExtrinsicObject, required: readonly string[], blame: Blame, warn: Warn): void {
  for (const name of required) {
    if ((slotValues(entry, name)[0] ?? '') === '') blame(`${name} : absent`);
  }
  for (const name of rules.timeSlots) {
    for (const value of slotValues(entry, name)) {
      const reason = timeFault(value, rules.wholeTimes.includes(name));
      prefix(blame, name, reason);
      if (reason === undefined && !isWholeTime(value))
        warn(`${entry.id.slice(0, 80)} : ${name} « ${value} » sans son heure, qui ne peut être UTC`);
    }
  }
  for (const value of slotValues(entry, 'sourcePatientId')) prefix(blame, 'sourcePatientId', cxFault(value));
  const authenticators = slotValues(entry, 'legalAuthenticator');
  if (authenticators.length > 1) blame(`legalAuthenticator : une seule valeur admise, ${authenticators.length} reçues`);
  for (const value of authenticators) prefix(blame, 'legalAuthenticator', xcnFault(value));
  for (const value of slotValues(entry, REFERENCES)) prefix(blame, 'referenceIdList', cxFault(value));
}

function prefix(blame: Blame, name: string, reason: string | undefined): void {
  if (reason !== undefined) blame(`${name} : ${reason}`);
}

function judgeIdentifiers({ entry, uniqueId }: SubmittedDocument, blame: Blame): void {
  prefix(blame, 'uniqueId', uniqueId === '' ? 'absent' : oidFault(uniqueId));
  const patientId = externalIdentifier(entry, DOCUMENT_ENTRY.patientId)?.value;
  prefix(blame, 'patientId', patientId === undefined ? 'absent' : insFault(patientId));
}

/** Codes of the acts: of any system unless a list says which, each whole. */
function judgeEvents(entry: ExtrinsicObject, codes: CodeRules, blame: Blame): void {
  const known = codes.systems('eventCodeList') ?? [];
  for (const { code, label, system } of classifications(entry, DOCUMENT_ENTRY.eventCodeList).map(codeOf)) {
    blame(codes.fault('eventCodeList', code, system));
    if (known.length > 0 && !known.includes(system))
      blame(`eventCodeList : codingScheme « ${system} » au lieu de ${known.join(' ou ')}`);
    if (code === '' || system === '' || label === '')
      blame(`eventCodeList : code « ${code} », codingScheme « ${system} » et libellé « ${label} » sont obligatoires`);
  }
}

/** The entry of a signature has fixed metadata; whether another is refused is not known. */
function noteSignatureEntry(entry: ExtrinsicObject, warn: Warn): void {
  const { languageCode, title, codes, confidentiality } = rules.signatureEntry;
  const sent = new Set(classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map((one) => codeOf(one).code));
  const wrong = [
    ...(slotValues(entry, 'languageCode')[0] === languageCode ? [] : ['languageCode']),
    ...(entry.name === title ? [] : ['title']),
    ...codes.flatMap(({ name, code, system }) => {
      const found = classification(entry, SCHEMES[name] ?? '');
      const read = found && codeOf(found);
      return read?.code === code && read.system === system ? [] : [name];
    }),
    ...(sent.size === confidentiality.length && confidentiality.every((code) => sent.has(code))
      ? []
      : ['confidentialityCode']),
    ...slotValues(entry, 'sourcePatientId').flatMap((value) => (insFault(value) ? ['sourcePatientId'] : [])),
    ...(slotValues(entry, 'sourcePatientInfo').length > 0 ? ['sourcePatientInfo'] : []),
  ];
  if (wrong.length > 0) warn(`fiche de la signature : ${wrong.join(', ')} autre que celle d'une signature de lot`);
}

const SCHEMES: Readonly<Record<string, string>> = DOCUMENT_ENTRY;

function judgeCodes(entry: ExtrinsicObject, codes: CodeRules, blame: Blame, warn: Warn): void {
  const sent = (name: string): string => {
    const found = classification(entry, SCHEMES[name] ?? '');
    return found ? codeOf(found).code : '';
  };
  const [type, classCode] = [sent('typeCode'), sent('classCode')];
  const wanted = codes.classOf(type);
  if (wanted !== undefined && classCode !== wanted) {
    warn(
      `${entry.id.slice(0, 80)} : classCode « ${classCode.slice(0, 60)} » au lieu de ${wanted} pour le type ${type}`,
    );
  }
  for (const { name, systems, pattern } of rules.codes) {
    const found = classification(entry, SCHEMES[name] ?? '');
    if (!found) {
      blame(`${name} : absent`);
      continue;
    }
    const { code, label, system } = codeOf(found);
    const known: readonly string[] = codes.systems(name) ?? systems;
    blame(codes.fault(name, code, system));
    // A list that is whole says better than the shape of its codes.
    if (!codes.isWhole(name) && !new RegExp(pattern).test(code))
      blame(`${name} : code « ${code} » hors du jeu de valeurs`);
    if (system === '' || (known.length > 0 && !known.includes(system))) {
      blame(`${name} : codingScheme « ${system} » au lieu de ${known.join(' ou ') || 'un système'}`);
    }
    if (label === '') blame(`${name} : libellé absent`);
  }
}

/** Codes of a document: in their value sets, four at most, N among them, no forbidden combination. */
export function judgeConfidentiality(
  entry: ExtrinsicObject,
  { profile, codes: known }: DmpSettings,
  blame: Blame,
  warn: Warn,
): void {
  const sent = classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map(codeOf);
  for (const { code, system } of sent) {
    const fault = known.fault('confidentialityCode', code, system);
    if (fault !== undefined || !isConfidentiality(code, system, known))
      blame(fault ?? `confidentialityCode : ${code} (${system}) hors du jeu de valeurs`);
  }
  const codes = new Set(sent.map(({ code }) => code));
  if (sent.length === 0) blame('confidentialityCode : absent');
  else if (!codes.has('N')) blame('confidentialityCode : N attendu en premier');
  else if (sent[0]?.code !== 'N') warn(`${entry.id.slice(0, 80)} : confidentialityCode N attendu en premier`);
  if (sent.length > rules.maxConfidentialityCodes) {
    blame(`confidentialityCode : ${sent.length} codes, ${rules.maxConfidentialityCodes} au plus`);
  }
  for (const together of profile.maskedAndInvisibleRefused ? known.forbiddenTogether : []) {
    if (together.every((code) => codes.has(code)))
      blame(`confidentialityCode : ${together.join(' et ')} sur un même document`);
  }
}

const CONFIDENTIALITY = new Map<string, readonly string[]>(Object.entries(rules.confidentiality));

/** The list of the vendor says so, by its systems when it is not whole; the closed list of the guide otherwise. */
function isConfidentiality(code: string, system: string, known: CodeRules): boolean {
  const systems = known.systems('confidentialityCode');
  if (systems === undefined) return CONFIDENTIALITY.get(system)?.includes(code) === true;
  return known.isWhole('confidentialityCode') || systems.includes(system);
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
