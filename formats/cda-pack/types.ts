import type { Failure, SchemaProblem } from '#formats/schematron/index.ts';
import type { XsdFault } from '#formats/xsd/index.ts';

/** Which pack judged: its content, not its path. */
export interface PackIdentity {
  /** SHA-256 of the paths and contents of its schemas and value sets. */
  readonly sha256: string;
  readonly files: number;
}

/** The schematrons that a document is judged by, in the order of the official tool. */
export type LayerName = 'entete' | 'ihe' | 'modeles' | 'ans' | 'terminologies' | 'volet';

export interface PlacedFailure extends Failure {
  /** 1-based line on which the start tag ends. */
  readonly line?: number;
}

export interface PlacedFault extends XsdFault {
  /** XPath with positions and local names. */
  readonly where: string;
}

export interface LayerReport {
  readonly layer: LayerName;
  /** Path of the schematron in the pack. */
  readonly file: string;
  readonly failures: readonly PlacedFailure[];
}

/** How the schematron of the model was chosen. */
export type VoletChoice =
  | { readonly kind: 'found'; readonly file: string; readonly model: string; readonly version: string }
  /** A document that is not structured: the generic schematrons only (official tool). */
  | { readonly kind: 'unstructured' }
  /** The model is known, and the pack has not this version of it. */
  | { readonly kind: 'no-version'; readonly model: string; readonly version: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown'; readonly templateIds: readonly string[] };

/** A part of the pack that cannot serve: no document is judged by it. */
export interface Unplayed {
  readonly layer: LayerName | 'xsd';
  readonly file: string;
  /** French. */
  readonly message: string;
}

/** What a pack says of one document. */
export interface PackReport {
  readonly identity: PackIdentity;
  readonly xsd: readonly PlacedFault[];
  readonly layers: readonly LayerReport[];
  readonly volet: VoletChoice;
  readonly unplayed: readonly Unplayed[];
  /** Defects of the pack that were met: none is the document's. */
  readonly problems: readonly SchemaProblem[];
}

/** Answer of a pack: what it says, or why it could not say it. */
export type PackAnswer =
  | { readonly ok: true; readonly report: PackReport }
  | { readonly ok: false; readonly code: 'PACK_TIME' | 'PACK_CRASH' | 'PACK_XML'; readonly message: string };
