import type { Confidentiality } from './dmp-types.ts';

export interface Analysis {
  /** LOINC. */
  readonly code: string;
  readonly label: string;
  readonly value: number;
  /** UCUM. */
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
  /** Covered by the accreditation of the laboratory (DOC/va1.29); not when absent. */
  readonly accredited?: boolean;
  /** Validated by an automatic process, and reviewed by nobody since (DOC/va1.18). */
  readonly withoutReview?: boolean;
  /** Laboratory that made it for the one that reports (DOC/va1.22); the latter itself when absent. */
  readonly performedBy?: Subcontractor;
}

/** Laboratory to which an analysis was given. */
export interface Subcontractor {
  readonly name: string;
  /** 9 characters, of the geographic entity. */
  readonly finess: string;
  readonly phone: string;
  /** Who validated there. */
  readonly biologist: { readonly lastName: string; readonly firstName: string; readonly nationalId: string };
}

/** What comes of a validation, or of a new version. */
export interface ValidatedReport {
  readonly reportId: string;
  readonly documents: readonly {
    /** `cda-n3-auto` is the level 3 carried by the style sheet of the laboratory (DOC/va1.25). */
    readonly kind: 'cda-n3' | 'cda-n3-auto' | 'cda-n1' | 'pdf';
    readonly id: string;
    readonly fileName: string;
    readonly base64: string;
    /** When the product makes a version for the patient apart from that of professionals (DOC/va1.36). */
    readonly audience?: 'professionnel' | 'patient';
  }[];
  /** As the screen shows it. */
  readonly confidentiality?: Confidentiality;
}
