import type { CdaDocument } from '#formats/cda/index.ts';
import type { ExtrinsicObject } from '#formats/ebrim/index.ts';
import type { Xdm, XdmEntry, XdmSubmission } from '#formats/xdm/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import type { CodeLists } from '../xds/code-lists.ts';

export interface XdmOptions {
  /** Name of the archive as attached; the rule on the name is silent when it is not given. */
  readonly fileName?: string;
  /** Lists of codes that rule the metadata. Default `SHIPPED_CODES` of `checks/xds`. */
  readonly codes?: CodeLists;
  readonly without?: readonly string[];
  /** Keeps only these requirements on the findings: a mail to a patient does not serve the one about professionals. */
  readonly serves?: (requirement: string) => boolean;
}

/** A document entry of the metadata with the file that its URI names. */
export interface XdmDocument {
  readonly submission: XdmSubmission;
  readonly entry: ExtrinsicObject;
  readonly uri: string | undefined;
  readonly file: XdmEntry | undefined;
  /** Absent when the file is not a CDA, or cannot be read. */
  readonly cda?: CdaDocument;
  /** French sentence, when the file is said to be a CDA and cannot be read. */
  readonly cdaFault?: string;
}

export interface XdmSubject {
  readonly xdm: Xdm;
  readonly documents: readonly XdmDocument[];
  readonly options: XdmOptions;
}

export type XdmRule = JudgedRule<XdmSubject>;
