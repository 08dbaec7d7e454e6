import { classifications, codeOf, DOCUMENT_ENTRY } from '#formats/ebrim/index.ts';
import type { DmpCall } from '../call.ts';
import type { RegistryEntry, RegistryStore } from '../registry.ts';
import { mayChange } from '../rights.ts';
import { documentRight } from '../rights-matrix.ts';
import type { DmpProfile } from '../settings.ts';
import type { RegistryProblem } from '../types.ts';
import type { Vihf } from '../vihf/read.ts';
import { ASSOCIATIONS } from '../vocabulary.ts';
import type { Submission } from './submission.ts';

/**
 * Identifiers already used, in the message or in the registry.
 * Source: protocols.md §2.9 (duplicates).
 */
export function judgeNovelty({ documents, set, uniqueId }: Submission, registry: RegistryStore): RegistryProblem[] {
  const problems: RegistryProblem[] = [];
  const seen = new Set<string>();
  for (const { entry, uniqueId: id, hash } of documents) {
    if (id === '') continue;
    if (seen.has(id)) {
      const context = `uniqueId ${id} présent deux fois dans le lot`;
      problems.push({ code: 'XDSRegistryDuplicateUniqueIdInMessage', context, location: entry.id });
    }
    seen.add(id);
    const known = registry.byUniqueId(id);
    if (known && known.document.hash !== hash && hash !== '') {
      const context = `Un document d'uniqueId ${id} et d'un autre contenu est déjà enregistré`;
      problems.push({ code: 'XDSNonIdenticalHash', context, location: entry.id });
    } else if (known) {
      const context = `Un document d'uniqueId ${id} est déjà enregistré`;
      problems.push({ code: 'XDSDuplicateUniqueIdInRegistry', context, location: entry.id });
    }
  }
  if (uniqueId !== '' && registry.hasSubmissionSet(uniqueId)) {
    const context = `Un lot d'uniqueId ${uniqueId} est déjà enregistré`;
    problems.push({ code: 'XDSDuplicateUniqueIdInRegistry', context, location: set?.id ?? '' });
  }
  return problems;
}

/**
 * Types of documents that the matrix does not let the caller write.
 * Source: protocols.md §2.2, `rights-matrix.json`; the code of that refusal is not public.
 */
export function judgeWriting({ documents }: Submission, { vihf, state }: DmpCall): RegistryProblem[] {
  return documents.flatMap(({ entry, isSignature }) => {
    const [type] = classifications(entry, DOCUMENT_ENTRY.typeCode).map((one) => codeOf(one).code);
    if (isSignature || type === undefined || documentRight(vihf, type, state.rights).write) return [];
    const context = `L'appelant ne peut pas déposer de document de type ${type.slice(0, 60)}`;
    return [{ code: state.settings.profile.accessDeniedCode, context, location: entry.id }];
  });
}

/** A document of the lot and the one it replaces. */
export interface Replacement {
  /** Symbolic id of the new document. */
  readonly source: string;
  readonly target: RegistryEntry;
}

export interface Replacements {
  readonly replaced: readonly Replacement[];
  readonly problems: readonly RegistryProblem[];
}

/**
 * Targets of the replacements: known, current, of the same patient, of an author that the caller may act for; each
 * replaced once, by one document.
 * Source: protocols.md §2.5 (associations), annex B.2 step 8.
 */
export function judgeReplacements(
  submission: Submission,
  vihf: Vihf,
  registry: RegistryStore,
  profile: DmpProfile,
): Replacements {
  const replaced: Replacement[] = [];
  const problems: RegistryProblem[] = [];
  for (const { associationType, sourceObject, targetObject } of submission.associations) {
    if (associationType !== ASSOCIATIONS.replaces) continue;
    const location = sourceObject ?? '';
    const target = targetObject ?? '';
    const blame = (context: string, code = 'XDSReplaceFailed'): void => void problems.push({ code, context, location });
    const found = registry.byEntryUuid(target);
    const source = submission.documents.find(({ entry }) => entry.id === sourceObject);
    if (!source || source.isSignature) {
      blame(`Association RPLC depuis ${location}, qui n'est pas un document du lot`);
    } else if (!found || found.isSignature || found.document.status === 'Deleted') {
      blame(`Document à remplacer ${target} inconnu`);
    } else if (found.document.ins !== vihf.patient?.ins) {
      blame(`Le document à remplacer ${target} est celui d'un autre patient`, 'XDSPatientIdDoesNotMatch');
    } else if (found.document.status !== 'Approved' || !registry.isCurrent(found)) {
      blame(`Le document à remplacer ${target} n'est plus la version en vigueur`, profile.deprecatedTargetCode);
    } else if (!mayChange(found, vihf)) {
      blame(`La structure ${vihf.structure} n'est pas l'auteur du document à remplacer`);
    } else if (replaced.some((one) => one.target === found || one.source === location)) {
      blame(`Le document ${target} est remplacé deux fois, ou ${location} en remplace plusieurs`);
    } else replaced.push({ source: location, target: found });
  }
  return { replaced, problems };
}
