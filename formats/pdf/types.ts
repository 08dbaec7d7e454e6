/** What a PDF may carry that acts, or that hides another file. PDF/A-1 forbids all of it (ISO 19005-1, 6.1.11, 6.6). */
export type ActiveContentKind =
  | 'javascript'
  | 'launch'
  | 'embedded-file'
  | 'multimedia'
  | 'form-action'
  | 'additional-action';

export interface ActiveContent {
  readonly kind: ActiveContentKind;
  /** Object of the file, as PDF writes it: `12 0`. */
  readonly object: string;
}

/** A font that pages write with. */
export interface UsedFont {
  /** BaseFont, or the name that the page calls it by. */
  readonly name: string;
  /** French: object of the file. */
  readonly where: string;
  /** Whether the file carries its program. */
  readonly embedded: boolean;
  /** From 1. */
  readonly pages: readonly number[];
}

export interface FontsUsed {
  /** Type 3 fonts, which are drawings of the file, are not told. */
  readonly fonts: readonly UsedFont[];
  /** Pages of which some content could not be read: another filter, damage, or a bound. */
  readonly unreadPages: readonly number[];
  /** False when the page tree could not be followed to its end. */
  readonly wholeTree: boolean;
}

export type PdfFault = {
  readonly code: 'PDF_EMPTY' | 'PDF_TOO_LARGE' | 'PDF_NO_HEADER' | 'PDF_NO_OBJECT';
  /** French sentence. */
  readonly message: string;
};

export interface Pdf {
  readonly ok: true;
  /** From the header, e.g. `1.4`. */
  readonly version: string;
  /** Bytes before `%PDF-`; PDF/A-1 wants 0. */
  readonly headerOffset: number;
  /** `1`, `2`, `3`: what the file claims in its XMP packet; absent when it claims nothing. */
  readonly pdfaPart?: string;
  /** `A`, `B`, `U`. */
  readonly pdfaConformance?: string;
  /** State of the metadata stream of the catalog; PDF/A-1 wants it neither absent nor compressed. */
  readonly metadata: 'absent' | 'plain' | 'compressed' | 'unreadable';
  readonly encrypted: boolean;
  /** Objects or cross references packed in streams: allowed from PDF 1.5, forbidden by PDF/A-1. */
  readonly packedObjects: boolean;
  readonly activeContent: readonly ActiveContent[];
  /** Absent from an encrypted file, whose content is not read. */
  readonly fonts?: FontsUsed;
  /** Absent when the page tree cannot be followed. */
  readonly pageCount?: number;
  /** False when the `%%EOF` mark is missing from the last kilobyte: the file was probably cut. */
  readonly endMark: boolean;
}

export type PdfReading = Pdf | { readonly ok: false; readonly fault: PdfFault };
