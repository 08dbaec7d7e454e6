import { classifications, DOCUMENT_ENTRY, parseXcn, slotValues } from '#formats/ebrim/index.ts';
import type { RegistryEntry, RegistryStore } from './registry.ts';
import type { Vihf } from './vihf/read.ts';
import visibility from './visibility.json' with { type: 'json' };
import { OIDS } from './vocabulary.ts';

/** A user without a profession: secretary, automate, device. */
export function isOrganisation(vihf: Vihf): boolean {
  return vihf.roles[0]?.system === OIDS.roleOfOthers && !isPatient(vihf);
}

const HIDDEN: ReadonlyMap<string, readonly string[]> = new Map(
  visibility.patientRoles.map(({ code, hidden }) => [code, hidden]),
);

function isPatient(vihf: Vihf): boolean {
  return vihf.roles[0]?.system === OIDS.roleOfOthers && HIDDEN.has(vihf.roles[0].code);
}

export function isTreatingDoctor(vihf: Vihf, registry: RegistryStore): boolean {
  return registry.treatingDoctor(vihf.patient?.ins ?? '') === vihf.nameId;
}

export interface Reader {
  readonly vihf: Vihf;
  readonly registry: RegistryStore;
  /** The treating doctor is shown masked documents. */
  readonly masked: boolean;
}

/**
 * Whether a caller may know of a document. Deleted ones are nobody's; a structure sees its own; an organisation nothing
 * else; the patient what is not hidden from them; masked ones are for their author and the treating doctor.
 * Source: protocols.md §2.2, §2.6; `visibility.json`.
 */
export function maySee({ structure, document, isSignature }: RegistryEntry, reader: Reader): boolean {
  const { vihf, registry, masked } = reader;
  if (isSignature || document.status === 'Deleted') return false;
  const [role] = vihf.roles;
  if (role && isPatient(vihf)) {
    return !HIDDEN.get(role.code)?.some((code) => document.confidentiality.includes(code));
  }
  if (structure === vihf.structure) return true;
  if (isOrganisation(vihf)) return false;
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
