import type { XmlFault } from '../xml/index.ts';

/** A rule of PDF/A that veraPDF found broken. */
export interface VeraPdfRule {
  /** e.g. `ISO 19005-1:2005`. */
  readonly specification: string;
  readonly clause: string;
  readonly testNumber: string;
  /** English, as veraPDF writes it. */
  readonly description: string;
  readonly failedChecks: number;
}

export interface VeraPdfReport {
  readonly ok: true;
  /** e.g. `PDF/A-1B validation profile`. */
  readonly profile: string;
  readonly compliant: boolean;
  readonly failed: readonly VeraPdfRule[];
  /** Version of veraPDF, when the report tells it. */
  readonly version?: string;
}

export type VeraPdfReading =
  | VeraPdfReport
  | {
      readonly ok: false;
      readonly fault: XmlFault | { readonly code: 'VERAPDF_NO_RESULT'; readonly message: string };
    };
