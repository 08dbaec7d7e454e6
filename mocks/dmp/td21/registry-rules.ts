import type { RegistryStore } from '../registry.ts';
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
  for (const { entry, uniqueId: id } of documents) {
    if (id === '') continue;
    if (seen.has(id)) {
      const context = `uniqueId ${id} présent deux fois dans le lot`;
      problems.push({ code: 'XDSRegistryDuplicateUniqueIdInMessage', context, location: entry.id });
    }
    seen.add(id);
    if (registry.byUniqueId(id)) {
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

export interface Replacements {
  readonly targets: readonly string[];
  readonly problems: readonly RegistryProblem[];
}

/**
 * Targets of the replacements: known, current, of the same patient, of the same structure.
 * Source: protocols.md §2.5 (associations), annex B.2 step 8.
 */
export function judgeReplacements(submission: Submission, vihf: Vihf, registry: RegistryStore): Replacements {
  const targets: string[] = [];
  const problems: RegistryProblem[] = [];
  for (const { associationType, sourceObject, targetObject } of submission.associations) {
    if (associationType !== ASSOCIATIONS.replaces) continue;
    const location = sourceObject ?? '';
    const target = targetObject ?? '';
    const replaced = registry.byEntryUuid(target);
    const source = submission.documents.find(({ entry }) => entry.id === sourceObject);
    if (!source || source.isSignature) {
      const context = `Association RPLC depuis ${location}, qui n'est pas un document du lot`;
      problems.push({ code: 'XDSReplaceFailed', context, location });
    } else if (!replaced) {
      problems.push({ code: 'XDSReplaceFailed', context: `Document à remplacer ${target} inconnu`, location });
    } else if (replaced.document.status !== 'Approved') {
      const context = `Le document à remplacer ${target} n'est plus la version en vigueur`;
      problems.push({ code: 'XDSRegistryDeprecatedDocumentError', context, location });
    } else if (replaced.document.ins !== vihf.patient?.ins) {
      const context = `Le document à remplacer ${target} est celui d'un autre patient`;
      problems.push({ code: 'XDSPatientIdDoesNotMatch', context, location });
    } else if (replaced.structure !== vihf.structure) {
      const context = `La structure ${vihf.structure} n'est pas l'auteur du document à remplacer`;
      problems.push({ code: 'XDSReplaceFailed', context, location });
    } else targets.push(target);
  }
  return { targets, problems };
}
