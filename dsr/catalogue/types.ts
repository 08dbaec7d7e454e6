import type { Category, EvidenceClass, Nature, Observable, ProofKind, Wave } from '../rem/types.ts';

/** Where a part of the data comes from: `S` seen in a source, `I` inferred from sources, `J` written for Jalon. */
export interface SourceMark {
  readonly mark: 'S' | 'I' | 'J';
  readonly document: string;
  /** Civil date of the source, or of our own work. */
  readonly date: string;
}

/** A catalogue file as it lies on disk. */
export interface CatalogueData {
  readonly category: Category;
  readonly wave: Wave;
  readonly sources: { readonly ids: SourceMark; readonly titles: SourceMark; readonly observable: SourceMark };
  readonly requirements: readonly CatalogueRequirement[];
}

export interface CatalogueRequirement {
  readonly id: string;
  readonly rawId: string;
  readonly previousIds: readonly string[];
  readonly profile: string;
  readonly section: string;
  readonly block: string;
  readonly function: string;
  readonly nature: Nature;
  readonly title: string;
  readonly observable: readonly Observable[];
  readonly scenarios: readonly CatalogueScenario[];
}

export interface CatalogueScenario {
  readonly id: string;
  readonly rawId: string;
  readonly title: string;
  readonly proofs: readonly CatalogueProof[];
}

export interface CatalogueProof {
  readonly id: string;
  readonly rawId: string;
  readonly title: string;
  readonly kinds: readonly ProofKind[];
  readonly evidenceClass: EvidenceClass;
}

export interface Section {
  readonly id: string;
  /** Our own short French title. */
  readonly title: string;
}
