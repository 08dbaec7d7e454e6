/** Families that the programme names ("couloirs"). Source: Ségur DSR families; titles in `categories.json`. */
export type KnownCategory =
  | 'SGL'
  | 'LOINC'
  | 'LGC'
  | 'RIS'
  | 'DPI'
  | 'RI'
  | 'PFI'
  | 'DRIMBOX'
  | 'LGO'
  | 'MSS-OP'
  | 'DUI';

/** Software family: a known one, or another that the user names, in capitals (see `parseCategory`). */
export type Category = KnownCategory | (string & Record<never, never>);

/** `va1`, `va2`, and those to come. */
export type Wave = `va${number}`;

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

/** Who said what a slot asks for: people who wrote the catalogue, the rules on its wording, or the user. */
export type ClassifiedBy = 'catalogue' | 'wording' | 'user';

/** A numbered place that evidence fills: the unit of the whole product. */
export interface ProofSlot {
  /** Normalised id, unique within the Rem, e.g. `INS/va1.38.02.01`. */
  readonly id: string;
  /** Id exactly as the workbook (or the official list) writes it; empty when it gives none. */
  readonly rawId: string;
  /** Its number in the embedded catalogue, when this list numbers it otherwise. */
  readonly knownAs?: string;
  /** Official wording when it was read from the vendor's REM, our own short title otherwise. */
  readonly text: string;
  /** Our own short French title; absent when the catalogue does not know the slot. */
  readonly title?: string;
  /** Every kind of piece that the slot names. */
  readonly kinds: readonly ProofKind[];
  /** Sets of kinds of which one is enough ("vidéo ou copies d'écran"); absent when everything named is asked for. */
  readonly alternatives?: readonly (readonly ProofKind[])[];
  /** When the slot is due only in a case ("cas 2", "le cas échéant"): the words of the condition. */
  readonly condition?: string;
  readonly evidenceClass: EvidenceClass;
  /** Absent in a Rem kept by an earlier version. */
  readonly classifiedBy?: ClassifiedBy;
  /** Why the user overruled the classification; shown wherever the class is. */
  readonly classifiedReason?: string;
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
  | 'cda-document'
  /** Something that the wording names in no known word. */
  | 'other';

/** Columns of a row that say something of the scenario beside its text, kept as written. */
export type ScenarioNote = 'testCaseRef' | 'verificationPoints';

export interface ConformityScenario {
  readonly id: string;
  /** Id exactly as the workbook writes it; empty when it gives none. */
  readonly rawId: string;
  /** Its number in the embedded catalogue, when this list numbers it otherwise. */
  readonly knownAs?: string;
  /** Official wording when it was read from the vendor's REM, our own short title otherwise. */
  readonly text: string;
  /** Our own short French title; absent when the catalogue does not know the scenario. */
  readonly title?: string;
  readonly notes?: Readonly<Partial<Record<ScenarioNote, string>>>;
  readonly proofs: readonly ProofSlot[];
}

/** Columns of a row that say something of the requirement beside its statement, kept as written. */
export type RequirementNote =
  | 'conditional'
  | 'criticality'
  | 'publicationStatus'
  | 'perimeter'
  | 'comment'
  | 'profileHistory'
  | 'order'
  | 'version'
  | 'readyForPublication'
  | 'requirementRef'
  /** The requirement of the shared base ("socle") it comes from; only when it names exactly one (check C9). */
  | 'baseRef'
  | 'internalNote'
  | 'segurRem';

/** What the vendor answers, requirement by requirement, in the columns that `rem export` adds on the right. */
export type VendorAnswer = 'applicable' | 'whyNot' | 'carriedBy' | 'conform' | 'vendorComment';

export interface Requirement {
  readonly id: string;
  readonly rawId: string;
  /** Its number in the embedded catalogue, when this list numbers it otherwise (told by its text). */
  readonly knownAs?: string;
  /** The embedded catalogue gives this number to something else (told by its text): nothing of it applies here. */
  readonly numberReused?: true;
  /** Ids that the requirement had before (DSR wave 1), many to many. */
  readonly previousIds: readonly string[];
  /** `Général` or the name of a conditional profile, as written in the REM. */
  readonly profile: string;
  /** `INS`, `DMP`, `MSS`… */
  readonly section: string;
  /** The workbook gives no section id: Jalon deduces it from the number, and a change of it means nothing. */
  readonly sectionDerived?: true;
  readonly sectionTitle: string;
  readonly block: string;
  readonly function: string;
  readonly nature: Nature;
  /** Our own short French title from the catalogue; empty when the catalogue does not know the requirement. */
  readonly title: string;
  /** Official wording, only when read from the vendor's REM. */
  readonly statement: string;
  readonly notes?: Readonly<Partial<Record<RequirementNote, string>>>;
  /** Absent when the workbook has none of the vendor's columns, or none is filled. */
  readonly vendor?: Readonly<Partial<Record<VendorAnswer, string>>>;
  /** What the bench can see of it; absent when the catalogue does not know the requirement. */
  readonly observable?: readonly Observable[];
  /** What exactly is seen there, one short French phrase of ours; absent when nothing of it crosses a wire. */
  readonly observation?: string;
  /** Ids of the reference documents it rests on, see `dsr/references`; absent when unknown. */
  readonly references?: readonly string[];
  readonly scenarios: readonly ConformityScenario[];
}

/** One version of the requirement list. */
export interface Rem {
  readonly category: Category;
  readonly wave: Wave;
  /** `rem-wave1`, `rem-wave2`, `convergence` as recognised by header text; `catalogue` for the embedded one. */
  readonly layout: string;
  /** SHA-256 (hex) of the file it was read from; of the catalogue data files when embedded. */
  readonly sha256: string;
  /** File name without folder, or `catalogue embarqué`. */
  readonly source: string;
  readonly requirements: readonly Requirement[];
  /** Requirements that the workbook still lists but marks obsolete (check C12): no proof is due, never counted. */
  readonly obsolete: readonly Requirement[];
  /** What was found where; absent for the catalogue. */
  readonly mapping?: RemMapping;
}

/** Where the reader found what, to be shown and compared with the last import. */
export interface RemMapping {
  readonly sheets: readonly SheetMapping[];
  /** Sheets of the workbook in which no table of requirements was found. */
  readonly otherSheets: readonly string[];
}

export interface SheetMapping {
  readonly name: string;
  /** 1-based. */
  readonly headerRow: number;
  readonly columns: readonly ColumnMapping[];
  /** Columns with a header that means nothing to the reader. */
  readonly ignored: readonly { readonly letter: string; readonly header: string }[];
}

export interface ColumnMapping {
  /** Name of the field, `proofId1`, `proofText1`… for the pairs. */
  readonly field: string;
  /** Column as a spreadsheet names it: `A`, `AB`. */
  readonly letter: string;
  /** Header as the workbook writes it. */
  readonly header: string;
}

/** What the reader has to say about a workbook; codes C1–C14 are those of facts on ANS own checks, J… are ours. */
export interface RemMessage {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Name of the sheet, when it is not the main one. */
  readonly sheet?: string;
  /** 1-based row of the sheet, 0 when the message is about the whole sheet. */
  readonly row: number;
  /** Header text of the column, empty when about the row. */
  readonly column: string;
  readonly value: string;
  readonly message: string;
  readonly remedy: string;
}
