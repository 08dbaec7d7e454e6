import type { EvidenceClass } from '#dsr/rem/index.ts';
import type { SlotState } from '../types.ts';

/** A piece that somebody brought. */
export interface EvidenceView {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly caption: string;
  /** Date that the document itself bears. */
  readonly datedOn: string | null;
  readonly product: { readonly name: string; readonly version: string; readonly build?: string };
  readonly operator: string;
  /** ISO 8601 UTC. */
  readonly addedAt: string;
  /** The guard holds it: it is in no slot, and may not be shared. */
  readonly held: boolean;
  /** Of what may be shared; of the original while it is held. Bytes. */
  readonly size: number;
  /** Of what may be shared; null while it is held. */
  readonly sha256: string | null;
  readonly originalSha256: string;
  readonly masked: boolean;
  /** Whether it is read as text. */
  readonly text: boolean;
  /** Slots that it goes to once it may be shared. */
  readonly wanted: readonly string[];
  readonly filings: readonly FilingView[];
  readonly alarms: readonly AlarmView[];
  /** Where the guard does not look: pictures, films, what is encrypted or broken. */
  readonly notLookedInto: readonly { readonly where: string; readonly why: string }[];
  readonly masks: readonly { readonly where: string; readonly code: string }[];
  /** Sent back with `If-Match` by whoever changes it. */
  readonly revision: number;
  /** What may be shared; null while it is held. */
  readonly url: string | null;
  /** Null when the original stayed on another machine. */
  readonly originalUrl: string | null;
}

/** A slot that a piece is in. */
export interface FilingView {
  readonly campaign: string;
  readonly slot: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly references: readonly string[];
  /** Why it still holds for another version of the product. */
  readonly stillHolds: string | null;
}

/** What the guard saw; never the value. */
export interface AlarmView {
  readonly id: string;
  readonly code: string;
  readonly where: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly maskable: boolean;
  /** Who said that it is a false alarm. */
  readonly declared: { readonly reason: string; readonly by: string; readonly at: string } | null;
}

export interface EvidenceListView {
  readonly next: string | null;
  readonly total: number;
  readonly held: number;
  readonly evidence: readonly EvidenceView[];
}

/** What became of a piece, and of the slots that it touched. */
export interface EvidenceChangedView {
  readonly evidence: EvidenceView;
  readonly moved: readonly { readonly slot: string; readonly state: SlotState; readonly revision: number }[];
}

/** A slot that a dossier asks for. */
export interface DueSlotView {
  readonly slot: string;
  readonly requirement: string;
  readonly section: string;
  readonly title: string;
  readonly evidenceClass: EvidenceClass;
  readonly state: SlotState;
  readonly reason: string;
  readonly condition: string | null;
}

/** What the dossier of a campaign has and lacks. */
export interface DossierView {
  readonly campaign: string;
  readonly complete: boolean;
  readonly total: number;
  readonly ready: number;
  readonly missing: readonly DueSlotView[];
  readonly stale: readonly DueSlotView[];
  readonly rehearsalOnly: readonly DueSlotView[];
  readonly toReview: readonly DueSlotView[];
  /** Pieces that the guard holds: they are in no slot. */
  readonly held: readonly { readonly id: string; readonly name: string; readonly wanted: readonly string[] }[];
  /** Chapters that may be deposited on their own. */
  readonly chapters: readonly {
    readonly section: string;
    readonly title: string;
    readonly total: number;
    readonly ready: number;
    readonly complete: boolean;
  }[];
  readonly notApplicable: readonly { readonly requirement: string; readonly sentence: string }[];
}
