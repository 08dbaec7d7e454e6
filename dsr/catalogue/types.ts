import type { Category, EvidenceClass, Nature, Observable, ProofKind, Wave } from '../rem/types.ts';

/** Where a part of the data comes from: `S` seen in a source, `I` inferred from sources, `J` written for Jalon. */
export interface SourceMark {
  readonly mark: 'S' | 'I' | 'J';
  readonly document: string;
  /** Civil date of the source, or of our own work. */
  readonly date: string;
}

/** One file of `requirements/`: requirements of a wave whose ids share a prefix, whatever the couloir. */
export interface RequirementsData {
  readonly sources: { readonly ids: SourceMark; readonly titles: SourceMark; readonly observable: SourceMark };
  readonly requirements: readonly CatalogueRequirement[];
}

/** One file of `couloirs/`: which requirements a couloir publishes in a wave, in its order. */
export interface CouloirData {
  readonly category: Category;
  readonly wave: Wave;
  readonly source: SourceMark;
  readonly requirements: readonly CouloirEntry[];
}

/** A requirement of a couloir; what it says differently from the shared base is written here. */
export interface CouloirEntry {
  readonly id: string;
  readonly profile?: string;
  readonly nature?: Nature;
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
  /** What exactly is seen there, and in which exchange; required when a service or a file shows something of it. */
  readonly observation?: string;
  /** Ids of `dsr/references/versions.json`; `id@version` where the requirement names a version of its own. */
  readonly references?: readonly string[];
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
  readonly alternatives?: readonly (readonly ProofKind[])[];
  readonly condition?: string;
  readonly evidenceClass: EvidenceClass;
}

export interface Section {
  readonly id: string;
  /** Our own short French title. */
  readonly title: string;
  /** Whether its place is one that the ANS fixes (check C13); the others come after, in our order. */
  readonly published?: boolean;
}
