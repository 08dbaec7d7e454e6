import type { ConformityScenario, ProofSlot, Rem, Requirement } from '#dsr/rem/index.ts';
import type { Provenance } from '#evidence/index.ts';
import type { Evidence } from '#evidence/intake/index.ts';
import type { Readiness } from '#tracker/domain/index.ts';
import type { ScenarioResult, SlotStatus } from '#tracker/types.ts';
import type { VendorProgress } from '../rem-workbook/index.ts';

/** A file of the dossier, whose bytes are where they are kept. */
export interface DossierFile {
  readonly size: number;
  /** Of what is shared, lower-case hex. */
  readonly sha256: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** A piece in a slot: of the bench, or of a person. */
export type DossierPiece = DossierFile &
  (
    | { readonly by: 'banc'; readonly provenance: Provenance; readonly scenario?: ScenarioResult }
    | {
        readonly by: 'personne';
        readonly evidence: Evidence;
        readonly filing: { readonly author: string; readonly at: string; readonly stillHolds?: string };
      }
  );

/** What an official tool gave for a slot. */
export interface DossierReference {
  /** French name of the kind. */
  readonly title: string;
  readonly value: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface DossierSlot {
  readonly slot: ProofSlot;
  readonly status: SlotStatus;
  readonly pieces: readonly DossierPiece[];
  readonly references: readonly DossierReference[];
}

export interface DossierRequirement {
  readonly requirement: Requirement;
  /** Reference documents and the versions that hold, as they are shown. */
  readonly documents: readonly string[];
  readonly conformity: readonly { readonly scenario: ConformityScenario; readonly slots: readonly DossierSlot[] }[];
  /** French: the partner that carries it, when it is not the product. */
  readonly carriedBy?: string;
}

export interface DossierChapter {
  readonly section: string;
  readonly title: string;
  readonly requirements: readonly DossierRequirement[];
  /** Requirements that do not apply, with the reason. */
  readonly leftOut: readonly { readonly requirement: Requirement; readonly sentence: string }[];
}

/** Everything that a dossier is made from: the same input gives the same bytes. */
export interface DossierInput {
  readonly campaign: {
    readonly id: string;
    readonly product: { readonly name: string; readonly version: string };
    /** Names of the declared profiles, as the list writes them. */
    readonly profiles: readonly string[];
  };
  readonly rem: Rem;
  /** In the order of the authority. */
  readonly chapters: readonly DossierChapter[];
  /** Of these chapters. */
  readonly readiness: Readiness;
  /** Whether something is missing and the dossier is written all the same. */
  readonly partial: boolean;
  /** Chapters that were asked for; absent: all of them. */
  readonly sections?: readonly string[];
  /** ISO 8601 UTC: the last change of the campaign. */
  readonly asOf: string;
  readonly benchVersion: string;
  /** For the list filled in; its pieces are written by whoever makes the dossier. */
  readonly progress: VendorProgress;
}
