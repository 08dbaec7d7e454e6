import type { Pdf } from '#formats/pdf/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import type { ExpectedPdfName } from './file-name.ts';

export interface PdfOptions {
  /** Name of the file, without folder; the rules on the name are silent when it is not given. */
  readonly fileName?: string;
  readonly expected?: ExpectedPdfName;
  readonly without?: readonly string[];
}

export interface PdfSubject {
  readonly pdf: Pdf;
  readonly options: PdfOptions;
}

export type PdfRule = JudgedRule<PdfSubject>;
