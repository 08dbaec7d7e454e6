import type { Classification, ExternalIdentifier, RegistryObject, Slot } from './types.ts';

/** First slot of that name on a registry object or a classification. */
export function slot(owner: { readonly slots: readonly Slot[] }, name: string): Slot | undefined {
  return owner.slots.find((one) => one.name === name);
}

/** Values of that slot; empty when it is absent. */
export function slotValues(owner: { readonly slots: readonly Slot[] }, name: string): readonly string[] {
  return slot(owner, name)?.values ?? [];
}

/** Classifications of a scheme (see `SUBMISSION_SET`, `DOCUMENT_ENTRY`), in order. */
export function classifications(owner: RegistryObject, scheme: string): readonly Classification[] {
  return owner.classifications.filter((one) => one.scheme === scheme);
}

/** First classification of a scheme. */
export function classification(owner: RegistryObject, scheme: string): Classification | undefined {
  return owner.classifications.find((one) => one.scheme === scheme);
}

/** First external identifier of a scheme. */
export function externalIdentifier(owner: RegistryObject, scheme: string): ExternalIdentifier | undefined {
  return owner.externalIdentifiers.find((one) => one.scheme === scheme);
}

/** Code, label and system of a coded classification; the system is in its `codingScheme` slot. */
export function codeOf(one: Classification): {
  readonly code: string;
  readonly label: string;
  readonly system: string;
} {
  return {
    code: one.nodeRepresentation ?? '',
    label: one.name ?? '',
    system: slotValues(one, 'codingScheme')[0] ?? '',
  };
}
