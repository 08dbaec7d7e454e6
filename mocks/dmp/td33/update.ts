import {
  type Association,
  externalIdentifier,
  type ExtrinsicObject,
  readRegistryObjects,
  type RegistryPackage,
  SUBMISSION_SET,
} from '#formats/ebrim/index.ts';
import { at, attribute, children, type XmlElement } from '#formats/xml/index.ts';
import limits from '../limits.json' with { type: 'json' };
import { LCM, RIM } from '../vocabulary.ts';

/** What a TD3.3 call submits. */
export interface Update {
  readonly set: RegistryPackage | undefined;
  readonly setSource: XmlElement | undefined;
  /** OID of the lot; empty when absent. */
  readonly uniqueId: string;
  /** New versions of metadata, each with the ExtrinsicObject as sent. */
  readonly documents: readonly { readonly entry: ExtrinsicObject; readonly source: XmlElement }[];
  readonly associations: readonly Association[];
}

/**
 * Reads the body of TD3.3: `lcm:SubmitObjectsRequest` itself.
 * @returns a French reason when it holds no RegistryObjectList, or more than any update does
 * Source: protocols.md §2.8.
 */
export function readUpdate(payload: XmlElement | undefined): Update | string {
  const list = payload?.name.namespace === LCM ? at(payload, 'RegistryObjectList') : undefined;
  if (!list) return 'RegistryObjectList absent';
  const { submissionSet, documents, associations } = readRegistryObjects(list);
  const sources = children(list, 'ExtrinsicObject', RIM);
  if (Math.max(sources.length, associations.length) > limits.documents) {
    return `plus de ${limits.documents} objets dans une mise à jour`;
  }
  return {
    set: submissionSet,
    setSource: children(list, 'RegistryPackage', RIM).find((one) => attribute(one, 'id') === submissionSet?.id),
    uniqueId: (submissionSet && externalIdentifier(submissionSet, SUBMISSION_SET.uniqueId)?.value) ?? '',
    documents: documents.flatMap((entry, index) => {
      const source = sources[index];
      return source ? [{ entry, source }] : [];
    }),
    associations,
  };
}
