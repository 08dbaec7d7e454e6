/** A name with its namespace resolved; `namespace` and `prefix` are empty strings when there is none. */
export interface XmlName {
  readonly namespace: string;
  readonly local: string;
  readonly prefix: string;
}

export interface XmlAttribute {
  readonly name: XmlName;
  readonly value: string;
}

export interface XmlText {
  readonly kind: 'text';
  /** Exact characters: never trimmed, CDATA sections and text around comments glued. */
  readonly value: string;
}

export interface XmlElement {
  readonly kind: 'element';
  readonly name: XmlName;
  /** Namespace declarations left out: they are in the names. */
  readonly attributes: readonly XmlAttribute[];
  /** Elements and text in document order; comments and processing instructions left out. */
  readonly children: readonly XmlNode[];
  /** 1-based line on which the start tag ends. */
  readonly line: number;
  /**
   * XPath with positions and local names, e.g. `/ClinicalDocument/recordTarget[1]/patientRole[1]/id[1]`.
   * Positions count the siblings of the same local name, whatever their namespace.
   */
  readonly path: string;
  /** Text of all descendants in order, not trimmed. */
  readonly text: string;
}

export type XmlNode = XmlElement | XmlText;

export type XmlFaultCode =
  | 'XML_NOT_WELL_FORMED'
  | 'XML_DTD_REFUSED'
  | 'XML_TOO_DEEP'
  | 'XML_TOO_LARGE'
  | 'XML_TOO_MANY_ELEMENTS'
  | 'XML_ENCODING';

export interface XmlFault {
  readonly code: XmlFaultCode;
  /** French sentence, fit to be shown. */
  readonly message: string;
  readonly line?: number;
}

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly fault: XmlFault };

export interface XmlLimits {
  /** Size of the encoded document, in bytes. Default 32 MiB. */
  readonly maxBytes?: number;
  /** Depth of the deepest element, the root being 1. Default 200, at most 256. */
  readonly maxDepth?: number;
  /** Elements: of a tree, 200 000 by default; that `walkXml` visits, those left out included, 4 000 000. */
  readonly maxElements?: number;
}

/** Told of a document in its order. Names are local names; comments and processing instructions are left out. */
export interface XmlVisitor {
  /**
   * @param attribute value of an attribute by local name, to be asked for before the call returns; the one without
   *   namespace is preferred
   * @param depth 1 for the root
   * @param namespace empty string when there is none
   * @returns false to leave out what is inside; `close` is then not called
   */
  readonly open: (
    name: string,
    attribute: (local: string) => string | undefined,
    depth: number,
    namespace: string,
  ) => boolean | undefined;
  /** Exact characters, in as many calls as there are nodes. */
  readonly text?: (characters: string) => void;
  readonly close?: (name: string, depth: number) => void;
}
