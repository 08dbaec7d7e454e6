/** What the schema refuses, once per fault. */
export interface XsdFault {
  /** 1-based line of the document, when the parser gave one. */
  readonly line?: number;
  /** XPath given by the parser, generic: `/*\/*[3]`. */
  readonly path?: string;
  /** What libxml2 says, in English. */
  readonly message: string;
}

export type XsdReading =
  | { readonly ok: true; readonly faults: readonly XsdFault[] }
  /** The document is not well-formed, or a bound of the bench was met. */
  | { readonly ok: false; readonly message: string };

/** A compiled schema. */
export interface XsdSchema {
  readonly validate: (bytes: Uint8Array) => XsdReading;
}

export type XsdOpening =
  | { readonly ok: true; readonly schema: XsdSchema }
  | { readonly ok: false; readonly message: string };

/** Files that a schema may include: nothing else is opened, neither on the disk nor on the network. */
export interface XsdFiles {
  readonly find: (path: string) => string | undefined;
  readonly read: (path: string) => Uint8Array;
}
