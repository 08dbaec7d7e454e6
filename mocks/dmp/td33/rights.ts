import type { DmpCall } from '../call.ts';
import type { RegistryEntry } from '../registry.ts';
import { isPatientDocument, isTreatingDoctor, mayChange } from '../rights.ts';

/**
 * Why a caller may not change the metadata of a document; undefined when it may.
 * @param treatingDoctor whether the treating doctor may do it on the documents of others too
 * Source: protocols.md §2.8 (author, or same structure; patient documents by the treating doctor), §2.2 (masking).
 */
export function mayAct(target: RegistryEntry, { vihf, state }: DmpCall, treatingDoctor: boolean): string | undefined {
  const doctor = isTreatingDoctor(vihf, state.registry);
  const { uniqueId } = target.document;
  if (isPatientDocument(target)) {
    return doctor ? undefined : `Le document ${uniqueId} est du patient : seul le médecin traitant peut le modifier`;
  }
  if (mayChange(target, vihf) || (treatingDoctor && doctor)) return undefined;
  return `L'appelant n'est pas l'auteur du document ${uniqueId}`;
}
