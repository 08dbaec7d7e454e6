import type { Cents } from '../money/index.ts';
import type { Confidence, DataVersion } from '../official-data/index.ts';

/** A line of the scale: for so many sites, so much at most. */
export interface Band {
  readonly couloir: string;
  readonly wave: string;
  /** `A` to `E`, or the name that the source gives. */
  readonly band: string;
  readonly sitesMin: number;
  /** Absent: no upper limit. */
  readonly sitesMax?: number;
  /** Pre-tax ceiling: what counts (ANS note 1265). */
  readonly ceilingHt: Cents;
  /** All-in ceiling as printed, rounded to the euro in the source: never a limit by itself. */
  readonly ceilingTtc?: Cents;
  /** Share of the advance, in ten-thousandths. */
  readonly advanceRate: number;
  readonly note?: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** Edition of the scale that holds it. */
  readonly data: DataVersion;
}

/** A couloir whose amounts were not found, and what is known of it. */
export interface UnknownScale {
  readonly couloir: string;
  /** Absent: whatever the wave. */
  readonly wave?: string;
  readonly note: string;
  readonly source: string;
  readonly data: DataVersion;
}

/** The scale in use: what is shipped, and the editions that the user added. */
export interface Scales {
  /** Most recent edition first. */
  readonly versions: readonly DataVersion[];
  /** Share of the advance where no band is known, in ten-thousandths: 3000 is 30 %. */
  readonly advanceRate: number;
  /** Rate of the tax with which the printed all-in ceilings go, in ten-thousandths. */
  readonly vatRate: number;
  readonly bands: readonly Band[];
  readonly unknown: readonly UnknownScale[];
}

export type BandAnswer =
  | { readonly status: 'known'; readonly band: Band; readonly data: DataVersion }
  | {
      /** `unknown`: the amounts of this couloir were not found. `no-band`: none of its bands takes that number of sites. */
      readonly status: 'unknown' | 'no-band';
      /** French. */
      readonly reason: string;
      readonly data: DataVersion;
    };

/**
 * What a ceiling says of an amount:
 * - `within`: pre-tax at or below the ceiling;
 * - `above`: pre-tax beyond it;
 * - `unknown`: no band to compare with.
 */
export type CeilingStatus = 'within' | 'above' | 'unknown';

export interface CeilingAnswer {
  readonly status: CeilingStatus;
  readonly band?: Band;
  /** Pre-tax beyond the ceiling; 0 when within. */
  readonly excess: Cents;
  /**
   * The printed all-in ceiling says the contrary of the pre-tax one: `ttc-above-printed` for an amount that is right all
   * the same (LOINC at its ceiling: 3 500,40 € for 3 500 € printed), `ttc-within-printed` for one that is wrong all the
   * same (36 893 € TTC of band C is 30 744,17 € HT, 17 cents too much).
   */
  readonly trap?: 'ttc-above-printed' | 'ttc-within-printed';
  /** French: what it is, ready to show. */
  readonly message: string;
  readonly data: DataVersion;
}
