/** What the documentation of an export says of one kind of data (PORT/va1.01, scenario PORT/va1.01.01). */
export interface DeclaredData {
  readonly name: string;
  /** As the documentation writes it: « PDF », « CDA R2 N3 », « CSV »… */
  readonly format: string;
  /** Place in the export: a path, where `*` stands for part of a name and `**` for any folders. */
  readonly location: string;
}

export interface Declaration {
  readonly data: readonly DeclaredData[];
}

/** A file of the export; archives are opened before. */
export interface ExportedFile {
  /** With `/`, from the root of the export. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A report that the period of the export covers. */
export interface ExpectedReport {
  /** French: which one it is. */
  readonly label: string;
  /** Ids of its documents, one of which a file of the export holds. */
  readonly ids: readonly string[];
  /** Its documents: a file that is one of them byte for byte is the report. */
  readonly documents: readonly Uint8Array[];
}
