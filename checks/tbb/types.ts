/** The ways out that are counted. */
export type Channel = 'dmp' | 'mssProfessional' | 'mssPatient';

export interface IdentityCounts {
  readonly total: number;
  readonly qualified: number;
  readonly notQualified: number;
}

/** What is counted, as the product shows it or as it should have grown. */
export interface Figures {
  /** Reports that reached each channel. */
  readonly reports: Readonly<Record<Channel, IdentityCounts>>;
  /** Files with a report through the channel, and through the three of them. */
  readonly files: Readonly<Record<Channel | 'allThree', number>>;
  readonly failures: Readonly<Record<Channel, number>>;
}

export interface Dashboard extends Figures {
  readonly period: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}
