/** Software family of the programme ("couloir"). Source: Ségur DSR families. */
export type Category = 'SGL' | 'LOINC' | 'LGC' | 'RIS' | 'DPI' | 'RI' | 'PFI' | 'DRIMBOX' | 'LGO' | 'MSS-OP' | 'DUI';

export type Wave = 'va1' | 'va2';

/** DOIT is mandatory, PEUT is recommended and has neither scenario nor proof in practice. */
export type Nature = 'DOIT' | 'PEUT';

/** Who can make the piece. Always shown, so that nobody mistakes a rehearsal for the official proof. */
export type EvidenceClass =
  /** Made by the bench: mail source, SOAP message, journal. */
  | 'bench'
  /** The official proof is an external id (Gazelle link, MSSanté tool run, CNDA certificate, PASSI form). */
  | 'rehearsal'
  /** Made by a person: video, capture, attestation, document. */
  | 'human';

/** A numbered place that evidence fills: the unit of the whole product. */
export interface ProofSlot {
  /** Normalised id, unique within the Rem, e.g. `INS/va1.38.02.01`. */
  readonly id: string;
  /** Id exactly as the workbook (or the official list) writes it. */
  readonly rawId: string;
  /** Official wording when it was read from the vendor's REM, our own short title otherwise. */
  readonly text: string;
  /** Our own short French title; absent when the catalogue does not know the slot. */
  readonly title?: string;
  readonly kinds: readonly ProofKind[];
  readonly evidenceClass: EvidenceClass;
}

/** Where the bench can see that the requirement is met. */
export type Observable =
  | 'insi'
  | 'dmp'
  | 'mssante'
  | 'annuaire'
  | 'psc'
  | 'cda'
  | 'hl7'
  /** A file that the product hands over: CSV, PDF, print. */
  | 'fichier'
  /** Only on the screen of the product. */
  | 'ecran'
  /** Only in a document or a statement of the vendor. */
  | 'declaration';

export type ProofKind =
  | 'video'
  | 'screenshot'
  | 'log'
  | 'mail-source'
  | 'soap-message'
  | 'gazelle-link'
  | 'mss-tool-run-id'
  | 'cnda-certificate'
  | 'attestation'
  | 'documentation'
  | 'pdf'
  | 'hl7-message'
  | 'csv-file'
  | 'pentest-form'
  | 'config-extract'
  | 'code-extract'
  | 'print-scan'
  | 'cda-document';

export interface ConformityScenario {
  readonly id: string;
  readonly rawId: string;
  /** Official wording when it was read from the vendor's REM, our own short title otherwise. */
  readonly text: string;
  /** Our own short French title; absent when the catalogue does not know the scenario. */
  readonly title?: string;
  readonly proofs: readonly ProofSlot[];
}

export interface Requirement {
  readonly id: string;
  readonly rawId: string;
  /** Ids that the requirement had before (DSR wave 1), many to many. */
  readonly previousIds: readonly string[];
  /** `Général` or the name of a conditional profile, as written in the REM. */
  readonly profile: string;
  /** `INS`, `DMP`, `MSS`… */
  readonly section: string;
  readonly sectionTitle: string;
  readonly block: string;
  readonly function: string;
  readonly nature: Nature;
  /** Our own short French title from the catalogue; empty when the catalogue does not know the requirement. */
  readonly title: string;
  /** Official wording, only when read from the vendor's REM. */
  readonly statement: string;
  /** What the bench can see of it; absent when the catalogue does not know the requirement. */
  readonly observable?: readonly Observable[];
  readonly scenarios: readonly ConformityScenario[];
}

/** One version of the requirement list. */
export interface Rem {
  readonly category: Category;
  readonly wave: Wave;
  /** `rem-wave1`, `convergence`… as recognised by header text; `catalogue` for the embedded one. */
  readonly layout: string;
  /** SHA-256 (hex) of the file it was read from; of the catalogue data file when embedded. */
  readonly sha256: string;
  /** File name without folder, or `catalogue embarqué`. */
  readonly source: string;
  readonly requirements: readonly Requirement[];
}

/** What the reader has to say about a workbook; codes C1–C14 are those of facts on ANS own checks, J… are ours. */
export interface RemMessage {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** 1-based row of the sheet, 0 when the message is about the whole sheet. */
  readonly row: number;
  /** Header text of the column, empty when about the row. */
  readonly column: string;
  readonly value: string;
  readonly message: string;
  readonly remedy: string;
}
