import type { SlotState } from '#tracker/types.ts';

/** What the tracker knows of one proof slot. */
export interface SlotProgress {
  readonly state: SlotState;
  /** File names of the pieces that the last run left in it. */
  readonly pieces: readonly string[];
  /** When and in which run it was last touched, as shown; absent before any run. */
  readonly lastRun?: string;
}

export interface CampaignProgress {
  readonly id: string;
  readonly product: { readonly name: string; readonly version: string };
  /** By slot id; a slot that is not there is empty, or nothing is known of it when the campaign follows another Rem. */
  readonly slots: ReadonlyMap<string, SlotProgress>;
  /** By requirement id, in French, from what was judged; a requirement that is not there was never run. */
  readonly conform: ReadonlyMap<string, string>;
  /** Present when the campaign follows another Rem: what is shown was carried to the one exported. */
  readonly carried?: CarriedProgress;
}

/** What of a campaign was carried to a Rem that it does not follow. */
export interface CarriedProgress {
  /** The Rem that the campaign follows. */
  readonly source: string;
  readonly sha256: string;
  /** Whether both lists hold the official texts. */
  readonly compared: boolean;
  /** Slots shown with a state that is not empty. */
  readonly slots: number;
  /** Slots with such a state in the campaign. */
  readonly filled: number;
}

/** What Jalon knows of the vendor's work on a REM, beside what an earlier workbook answered. */
export interface VendorProgress {
  /** Profiles that the product declares (slugs or REM names); absent when nobody declared any. */
  readonly profiles?: readonly string[];
  readonly campaign?: CampaignProgress;
}

/** What the notice of the workbook says of its making. */
export interface Edition {
  readonly benchVersion: string;
  /** ISO 8601. */
  readonly at: string;
}
