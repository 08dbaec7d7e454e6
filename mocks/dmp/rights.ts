import { classifications, DOCUMENT_ENTRY, parseXcn, slotValues } from '#formats/ebrim/index.ts';
import type { AnyCall } from './call.ts';
import type { RegistryEntry, RegistryStore } from './registry.ts';
import type { Vihf } from './vihf/read.ts';
import { documentRight, readingWithoutAuthorisation, type RightsMatrix } from './rights-matrix.ts';
import visibility from './visibility.json' with { type: 'json' };
import { OIDS } from './vocabulary.ts';

const HIDDEN: ReadonlyMap<string, readonly string[]> = new Map(
  visibility.patientRoles.map(({ code, hidden }) => [code, hidden]),
);

function isPatient(vihf: Vihf): boolean {
  return vihf.roles[0]?.system === OIDS.roleOfOthers && HIDDEN.has(vihf.roles[0].code);
}

/** A user without a profession: secretary, automate, device. */
function isOrganisation(vihf: Vihf): boolean {
  return vihf.roles[0]?.system === OIDS.roleOfOthers && !isPatient(vihf);
}

export function isTreatingDoctor(vihf: Vihf, registry: RegistryStore): boolean {
  return registry.treatingDoctor(vihf.patient?.ins ?? '') === vihf.nameId;
}

export interface Reader {
  readonly vihf: Vihf;
  readonly registry: RegistryStore;
  readonly rights: RightsMatrix;
  /** The patient authorised this professional, or nobody has to be authorised (urgency, the patient, an organisation). */
  readonly authorised: boolean;
  /** The treating doctor is shown masked documents. */
  readonly masked: boolean;
}

/** Who reads in a call. Source: protocols.md §2.2 (TD0.3 before reading), §2.10 (urgency). */
export function readerOf({ vihf, state }: AnyCall): Omit<Reader, 'masked'> {
  const { registry, rights } = state;
  const free = isPatient(vihf) || isOrganisation(vihf) || rights.urgentPurposes.includes(vihf.purpose);
  const authorised = free || registry.authorisation(vihf.patient?.ins ?? '', vihf.nameId) === 'valide';
  return { vihf, registry, rights, authorised };
}

/**
 * Whether a caller may know of a document. Deleted ones are nobody's; a structure sees its own; the matrix and the
 * authorisation of the patient say whether others are seen; the patient sees what is not hidden from them; masked ones
 * are for their author and the treating doctor.
 * Source: protocols.md §2.2, §2.6; `visibility.json`, `rights-matrix.json`.
 */
export function maySee({ structure, document, isSignature }: RegistryEntry, reader: Reader): boolean {
  const { vihf, registry, masked, rights, authorised } = reader;
  if (isSignature || document.status === 'Deleted') return false;
  const [role] = vihf.roles;
  const { read } = documentRight(vihf, document.typeCode, rights);
  if (read === 'none') return false;
  if (role && isPatient(vihf)) {
    return !HIDDEN.get(role.code)?.some((code) => document.confidentiality.includes(code));
  }
  const limit = authorised ? 'all' : readingWithoutAuthorisation(rights);
  if (limit === 'none') return false;
  if (structure === vihf.structure) return true;
  if (read === 'own' || limit === 'own') return false;
  if (!document.confidentiality.includes(visibility.maskedCode)) return true;
  return masked && isTreatingDoctor(vihf, registry);
}

/**
 * Whether a caller acts for the author of a document: the same structure under the certificates of a structure, the same
 * person under a card. Source: protocols.md §2.8.
 */
export function mayChange({ structure, entry }: RegistryEntry, vihf: Vihf): boolean {
  if (vihf.mode !== 'DIRECTE') return structure === vihf.structure;
  return classifications(entry, DOCUMENT_ENTRY.author).some((author) =>
    slotValues(author, 'authorPerson').some((value) => parseXcn(value).id === vihf.nameId),
  );
}

/** Documents that the patient wrote: only the treating doctor may archive or mask them. */
export function isPatientDocument({ document }: RegistryEntry): boolean {
  return document.classCode === visibility.patientDocumentClass;
}
