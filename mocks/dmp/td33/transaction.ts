import { classifications, codeOf, DOCUMENT_ENTRY, slotValues } from '#formats/ebrim/index.ts';
import type { DmpCall, Transaction } from '../call.ts';
import { writeRegistryResponse } from '../envelope.ts';
import { amend, PROPAGATED, type RegistryEntry, type StoredAssociation } from '../registry.ts';
import { accessRefusal, failureReply, malformedReply, PARTIAL, scriptedProblem, soapReply } from '../replies.ts';
import { judgeSet, otherPatients } from '../td21/lot-rules.ts';
import type { RegistryProblem } from '../types.ts';
import { ACTIONS, ASSOCIATIONS, LCM } from '../vocabulary.ts';
import { judgeMetadataChange, type MetadataChange } from './metadata-rules.ts';
import { judgeStatusChange, type StatusChange } from './status-rules.ts';
import { readUpdate, type Update } from './update.ts';

/**
 * TD3.3, change of metadata (ITI-57): masking (a), visibility (b), deletion (c), archiving (d). All problems are listed;
 * nothing changes unless all is right. Source: protocols.md §2.8.
 */
export const UPDATE: Transaction = {
  name: 'TD3.3',
  service: 'registry',
  action: ACTIONS.update,
  payload: { local: 'SubmitObjectsRequest', namespace: LCM },
  answer(call) {
    const update = readUpdate(call.message.envelope.payload);
    if (typeof update === 'string') return malformedReply(call, update);
    const refused = accessRefusal(call, false, () => {
      const strangers = otherPatients({ set: update.set, documents: [] }, call.vihf);
      return strangers.length === 0 ? undefined : failureReply(call, ACTIONS.updateAnswer, strangers);
    });
    if (refused) return refused;
    const record = scriptedProblem(call);
    if (record) return failureReply(call, ACTIONS.updateAnswer, [{ ...record, location: update.set?.id ?? '' }]);
    const { problems, statuses, metadata } = judgeUpdate(update, call);
    const targets = [...statuses, ...metadata].map(({ target }) => target.document.uniqueId);
    const [operation] = [...statuses, ...metadata].map((one) => one.operation);
    if (operation !== undefined) call.exchange.identify(operation);
    call.exchange.attribute({ documentIds: targets });
    if (problems.length > 0) return failureReply(call, ACTIONS.updateAnswer, problems);
    apply(update, statuses, metadata, call);
    const done = `${targets.length} document(s) mis à jour`;
    if (call.situation?.situation === 'succes-partiel') {
      const body = writeRegistryResponse('PartialSuccess', [PARTIAL]);
      return soapReply(call, ACTIONS.updateAnswer, body, `joué succes-partiel : répondu PartialSuccess : ${done}`);
    }
    return soapReply(call, ACTIONS.updateAnswer, writeRegistryResponse('Success'), `répondu Success : ${done}`);
  },
};

interface Judged {
  readonly problems: readonly RegistryProblem[];
  readonly statuses: readonly StatusChange[];
  readonly metadata: readonly MetadataChange[];
}

function judgeUpdate(update: Update, call: DmpCall): Judged {
  const { set, uniqueId, documents, associations } = update;
  if (!set) {
    const context = 'Aucun lot de soumission (RegistryPackage classé)';
    return { problems: [{ code: 'XDSMetadataUpdateError', context, location: '' }], statuses: [], metadata: [] };
  }
  const problems: RegistryProblem[] = [...judgeSet(set, call.vihf, call.state.settings.codes)];
  const blame = (code: string, context: string, location: string): void =>
    void problems.push({ code, context, location });
  if (uniqueId !== '' && call.state.registry.hasSubmissionSet(uniqueId)) {
    blame('XDSDuplicateUniqueIdInRegistry', `Un lot d'uniqueId ${uniqueId} est déjà enregistré`, set.id);
  }
  const statuses: StatusChange[] = [];
  const metadata: MetadataChange[] = [];
  for (const association of associations) {
    const { associationType, targetObject, id } = association;
    if (associationType === ASSOCIATIONS.updatesStatus) {
      const judged = judgeStatusChange(association, set.id, call);
      if ('target' in judged) statuses.push(judged);
      else problems.push(judged);
    } else if (associationType !== ASSOCIATIONS.hasMember) {
      blame('XDSMetadataUpdateError', `Association ${associationType ?? ''} non admise`, id);
    } else if (!documents.some(({ entry }) => entry.id === targetObject)) {
      blame('UnresolvedReferenceException', `HasMember vers ${targetObject ?? ''}, absent du lot`, id);
    }
  }
  for (const document of documents) {
    const member = associations.find(
      (one) =>
        one.associationType === ASSOCIATIONS.hasMember &&
        one.sourceObject === set.id &&
        one.targetObject === document.entry.id,
    );
    const judged = judgeMetadataChange(document, member, call);
    if ('target' in judged) metadata.push(judged);
    else problems.push(...judged);
  }
  const lids = [...statuses, ...metadata].map(({ target }) => target.document.lid);
  if (new Set(lids).size < lids.length)
    blame('XDSMetadataUpdateError', 'Un même document est mis à jour deux fois', set.id);
  if (lids.length === 0 && problems.length === 0) blame('XDSMetadataUpdateError', 'Le lot ne met rien à jour', set.id);
  return { problems, statuses, metadata };
}

/** A new version of metadata has its own entryUUID; lid and uniqueId stay; the former version is deprecated. */
function apply(
  { set, setSource, uniqueId, associations }: Update,
  statuses: readonly StatusChange[],
  metadata: readonly MetadataChange[],
  { state, vihf }: DmpCall,
): void {
  const ins = vihf.patient?.ins ?? '';
  const setUuid = `urn:uuid:${state.uuid()}`;
  const linked: StoredAssociation[] = [];
  const link = (type: string, source: string, target: string, slots: StoredAssociation['slots']): void =>
    void linked.push({ uuid: `urn:uuid:${state.uuid()}`, ins, type, source, target, slots });
  const entries = metadata.map(({ entry, source, target }): RegistryEntry => {
    const { document } = target;
    const entryUUID = `urn:uuid:${state.uuid()}`;
    const confidentiality = classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map((one) => codeOf(one).code);
    const metadataVersion = document.metadataVersion + 1;
    link(ASSOCIATIONS.hasMember, setUuid, entryUUID, new Map([['SubmissionSetStatus', ['Original']]]));
    for (const former of state.registry.associations(ins)) {
      if (!PROPAGATED.has(former.type)) continue;
      if (former.source === document.entryUUID) link(former.type, entryUUID, former.target, former.slots);
      if (former.target === document.entryUUID) link(former.type, former.source, entryUUID, former.slots);
    }
    const amended = amend(target, { entryUUID, metadataVersion, confidentiality });
    return { ...amended, entry, source, submissionSetId: uniqueId };
  });
  for (const { target, to } of statuses) state.registry.setDocumentStatus(target.document.entryUUID, to);
  for (const association of associations) {
    if (association.associationType !== ASSOCIATIONS.updatesStatus) continue;
    const slots = ['OriginalStatus', 'NewStatus'].map((name) => [name, slotValues(association, name)] as const);
    link(ASSOCIATIONS.updatesStatus, setUuid, association.targetObject ?? '', new Map(slots));
  }
  const { structure } = vihf;
  state.registry.add({
    ...(set && setSource && { set: { uuid: setUuid, uniqueId, ins, structure, set, source: setSource } }),
    entries,
    associations: linked,
    deprecated: metadata.map(({ target }) => target.document.entryUUID),
  });
}
