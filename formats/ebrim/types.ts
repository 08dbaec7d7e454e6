/** Nouns of ebXML RIM 3.0 as IHE XDS uses them. Each keeps its `path` (XPath) and `line` for findings. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

export interface Slot extends Place {
  readonly name: string;
  /** In order, exactly as sent. */
  readonly values: readonly string[];
}

export interface Classification extends Place {
  readonly id: string | undefined;
  /** `classificationScheme`, `urn:uuid:…`; undefined for a classification by node. */
  readonly scheme: string | undefined;
  /** `classificationNode`, `urn:uuid:…`. */
  readonly node: string | undefined;
  readonly classifiedObject: string | undefined;
  /** The code. */
  readonly nodeRepresentation: string | undefined;
  readonly slots: readonly Slot[];
  /** Label of the code. */
  readonly name: string | undefined;
}

export interface ExternalIdentifier extends Place {
  readonly id: string | undefined;
  readonly registryObject: string | undefined;
  /** `identificationScheme`, `urn:uuid:…`. */
  readonly scheme: string | undefined;
  readonly value: string;
  readonly name: string | undefined;
}

export interface RegistryObject extends Place {
  /** Symbolic id in a submission, `urn:uuid:…` in a registry answer; empty when the attribute is absent. */
  readonly id: string;
  readonly lid: string | undefined;
  readonly status: string | undefined;
  readonly slots: readonly Slot[];
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly classifications: readonly Classification[];
  readonly externalIdentifiers: readonly ExternalIdentifier[];
}

/** Submission set or folder, by its classification node. */
export interface RegistryPackage extends RegistryObject {
  readonly kind: 'package';
}

/** Document entry, the signature of a submission included. */
export interface ExtrinsicObject extends RegistryObject {
  readonly kind: 'document';
  readonly mimeType: string | undefined;
  readonly objectType: string | undefined;
  readonly isOpaque: boolean;
  readonly versionName: string | undefined;
}

export interface Association extends RegistryObject {
  readonly kind: 'association';
  readonly associationType: string | undefined;
  readonly sourceObject: string | undefined;
  readonly targetObject: string | undefined;
}

export interface RegistryObjects {
  readonly packages: readonly RegistryPackage[];
  /** Every ExtrinsicObject, in order. */
  readonly documents: readonly ExtrinsicObject[];
  readonly associations: readonly Association[];
  /** The package classified as submission set, when there is one. */
  readonly submissionSet: RegistryPackage | undefined;
  /** `ObjectRef/@id`, in answers of queries. */
  readonly references: readonly string[];
}
