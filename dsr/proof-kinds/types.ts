import type { EvidenceClass, ProofKind } from '../rem/types.ts';

/** How a piece of that kind comes to be. */
export type ProofOrigin =
  /** A tool or a body that is not the bench delivers it: link, run id, certificate. */
  | 'external'
  /** A file or a record that crosses the bench. */
  | 'on-the-wire'
  /** Somebody films, captures or scans it. */
  | 'by-hand'
  /** Somebody writes it, or copies it out of the product. */
  | 'written';

/** One entry of `kinds.json`. Patterns are regular expressions on whole words of the reduced wording. */
export interface KindData {
  readonly kind: ProofKind;
  /** French name shown to the user. */
  readonly label: string;
  /** Other names a user may type. */
  readonly aliases?: readonly string[];
  readonly origin: ProofOrigin;
  /** Words that name the piece wherever they stand as a thing of their own. */
  readonly named?: readonly string[];
  /** Words that are also a topic ("trace", "paramétrage"): they name the piece only where a demand begins. */
  readonly opening?: readonly string[];
  /** Words so general ("document") that a format that follows says it better. */
  readonly general?: readonly string[];
}

/** What the wording of a proof asks for. */
export interface ProofClassification {
  /** Every kind asked for, in the order of the wording; `other` alone when nothing is named. */
  readonly kinds: readonly ProofKind[];
  /** Sets of kinds of which one is enough; absent when everything in `kinds` is asked for. */
  readonly alternatives?: readonly (readonly ProofKind[])[];
  /** Words of the case in which the piece is due, as the wording writes them. */
  readonly condition?: string;
  readonly evidenceClass: EvidenceClass;
}
