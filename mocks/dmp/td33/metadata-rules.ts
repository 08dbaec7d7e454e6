import { type Association, type ExtrinsicObject, slotValues } from '#formats/ebrim/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { DmpCall } from '../call.ts';
import type { RegistryEntry } from '../registry.ts';
import { judgeConfidentiality } from '../td21/entry-rules.ts';
import { codesOf } from '../td21/store.ts';
import type { RegistryProblem } from '../types.ts';
import { mayAct } from './rights.ts';
import { differences } from './same-metadata.ts';
import transitions from './transitions.json' with { type: 'json' };

/** A new version of metadata that may be kept. */
export interface MetadataChange {
  readonly entry: ExtrinsicObject;
  readonly source: XmlElement;
  readonly target: RegistryEntry;
  /** `TD3.3a` or `TD3.3b`. */
  readonly operation: string;
}

const ERROR = 'XDSMetadataUpdateError';
const UUID = /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A new version of the metadata of one document: a full copy under its logical id, of the version that is current, whose
 * confidentiality codes alone change, as the transaction allows.
 * @param member its HasMember association
 * Source: protocols.md §2.8 and §2.9; IHE ITI metadata update, 3.57.4.1.3.3.
 */
export function judgeMetadataChange(
  { entry, source }: { readonly entry: ExtrinsicObject; readonly source: XmlElement },
  member: Association | undefined,
  call: DmpCall,
): MetadataChange | readonly RegistryProblem[] {
  const { registry, settings } = call.state;
  const problems: RegistryProblem[] = [];
  const blame = (code: string, context: string): void => void problems.push({ code, context, location: entry.id });
  const lid = entry.lid ?? '';
  if (!member) blame(ERROR, `Aucune association HasMember du lot vers ${entry.id}`);
  if (registry.byEntryUuid(entry.id)) {
    blame(
      'XDSMetadataIdentifierError',
      `id ${entry.id} : un identifiant local est attendu, celui-ci est déjà au registre`,
    );
  }
  if (!UUID.test(lid)) {
    blame('XDSMetadataIdentifierError', `lid « ${lid} » : l'identifiant logique (urn:uuid:…) du document est attendu`);
    return problems;
  }
  const target = registry.byLid(lid);
  if (!target || target.isSignature || target.document.status === 'Deleted') {
    blame('UnresolvedReferenceException', `Document de lid ${lid} inconnu`);
    return problems;
  }
  if (target.document.ins !== call.subject.ins) {
    blame('XDSPatientIdDoesNotMatch', `Le document de lid ${lid} est celui d'un autre patient`);
    return problems;
  }
  const previous = member && slotValues(member, 'PreviousVersion')[0]?.trim();
  if (member && previous !== String(target.document.metadataVersion)) {
    const context = `PreviousVersion « ${previous ?? 'absent'} » : la version en vigueur est ${target.document.metadataVersion}`;
    blame('XDSMetadataVersionError', context);
  }
  if (member && slotValues(member, 'SubmissionSetStatus')[0] !== 'Original') {
    blame(ERROR, 'HasMember sans SubmissionSetStatus=Original');
  }
  if (target.document.status === 'Deprecated')
    blame(ERROR, 'Le document est remplacé, ses métadonnées ne changent plus');
  const changed = differences(entry, target);
  if (changed.length > 0) {
    blame(ERROR, `La copie de la fiche diffère : ${changed.join(', ')} ; seul confidentialityCode peut changer`);
  }
  const blameCode = (context: string | undefined, code = 'XDSRegistryMetadataError'): void => {
    if (context !== undefined) blame(code, context);
  };
  judgeConfidentiality(entry, settings, blameCode, (sentence) => call.warn(sentence));
  const operation = judgeCodes(entry, target, call, blame);
  return problems.length > 0 ? problems : { entry, source, target, operation };
}

/** Which codes come and go, and whether the caller may do it. @returns the name of the transaction */
function judgeCodes(
  entry: ExtrinsicObject,
  target: RegistryEntry,
  call: DmpCall,
  blame: (code: string, context: string) => void,
): string {
  const before = new Set(target.document.confidentiality);
  const after = new Set(codesOf(entry).confidentiality);
  const moved = transitions.confidentiality.filter(({ code }) => before.has(code) !== after.has(code));
  for (const { code, add, remove } of moved) {
    if (after.has(code) ? !add : !remove) {
      blame('XDSMetadataUpdateOperationError', `${after.has(code) ? 'Ajout' : 'Retrait'} de ${code} non admis`);
    }
  }
  const byDoctor = moved.length > 0 && moved.every(({ treatingDoctor }) => treatingDoctor);
  const refusal = mayAct(target, call, byDoctor);
  if (refusal !== undefined) blame(call.state.settings.profile.changeRefusedCode, refusal);
  return moved[0]?.operation ?? 'TD3.3a';
}
