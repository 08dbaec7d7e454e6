import { type Association, slotValues } from '#formats/ebrim/index.ts';
import type { DmpCall } from '../call.ts';
import type { RegistryEntry } from '../registry.ts';
import type { DocumentStatus, RegistryProblem } from '../types.ts';
import { STATUSES } from '../vocabulary.ts';
import { mayAct } from './rights.ts';
import transitions from './transitions.json' with { type: 'json' };

/** A change of availability that may be done. */
export interface StatusChange {
  readonly target: RegistryEntry;
  readonly to: DocumentStatus;
  /** `TD3.3c` or `TD3.3d`. */
  readonly operation: string;
}

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(STATUSES).map(([name, urn]) => [urn, name]));

/**
 * One `UpdateAvailabilityStatus`: from the lot, to the current metadata of a document of the patient, from its real status,
 * by an allowed transition, by somebody who may.
 * Source: protocols.md §2.8 and §2.9; IHE ITI metadata update, 3.57.4.1.3.3.
 */
export function judgeStatusChange(
  association: Association,
  setId: string,
  call: DmpCall,
): StatusChange | RegistryProblem {
  const { state, subject } = call;
  const uuid = association.targetObject ?? '';
  const blame = (code: string, context: string): RegistryProblem => ({ code, context, location: association.id });
  if (association.sourceObject !== setId) {
    return blame(
      'XDSMetadataUpdateError',
      `sourceObject « ${association.sourceObject ?? ''} » n'est pas le lot ${setId}`,
    );
  }
  const target = state.registry.byEntryUuid(uuid);
  if (!target || target.isSignature || target.document.status === 'Deleted') {
    return blame('UnresolvedReferenceException', `Document ${uuid} inconnu`);
  }
  if (target.document.ins !== subject.ins) {
    return blame('XDSPatientIdDoesNotMatch', `Le document ${uuid} est celui d'un autre patient`);
  }
  if (!state.registry.isCurrent(target)) {
    return blame('XDSMetadataVersionError', `${uuid} n'est plus la version en vigueur des métadonnées du document`);
  }
  const [original = ''] = slotValues(association, 'OriginalStatus');
  const [wanted = ''] = slotValues(association, 'NewStatus');
  const from = target.document.status;
  if (original !== STATUSES[from]) {
    return blame('XDSMetadataUpdateError', `OriginalStatus « ${original} » : le document est « ${STATUSES[from]} »`);
  }
  const to = NAMES.get(wanted);
  const allowed = transitions.statuses.find((one) => one.from === from && one.to === to);
  if (!allowed) {
    const context = `Passage de « ${original} » à « ${wanted} » non admis`;
    return blame('XDSMetadataUpdateOperationError', context);
  }
  const refusal = mayAct(target, call, false);
  if (refusal !== undefined) return blame(state.settings.profile.changeRefusedCode, refusal);
  return {
    target,
    to: allowed.to === 'Deleted' ? 'Deleted' : allowed.to === 'Archived' ? 'Archived' : 'Approved',
    operation: allowed.operation,
  };
}
