import type { CdaDocument } from '#formats/cda/index.ts';
import type { JudgedRule } from '../rule/index.ts';

/** Traits that the document must carry, e.g. those of the INSi answer. */
export interface ExpectedPatient {
  readonly ins?: string;
  readonly oid?: string;
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly birthPlace?: string;
}

/** Examinations that another laboratory made (DOC/va1.22). */
export interface Subcontracted {
  readonly laboratory: { readonly name: string };
  /** LOINC codes of its analyses. */
  readonly analyses: readonly string[];
  /** The report that it sent. */
  readonly pdf?: Uint8Array;
}

export interface CdaOptions {
  /** Accept the test authorities .4.10 and .4.11. Default true: the bench only knows test identities. */
  readonly allowTestOids?: boolean;
  /** What the product knows of the identity: `false` forbids any INS, `true` and absent demand it. */
  readonly identityQualified?: boolean;
  /** The document goes to the DMP, which takes no id with an extension. Default true. */
  readonly forDmp?: boolean;
  readonly patient?: ExpectedPatient;
  /** MSSanté address of the requester, to be found in the document (DOC/va1.28). */
  readonly requesterMailbox?: string;
  /** Addresses or national ids of every recipient, to be found in the document (DOC/va1.26). */
  readonly recipients?: readonly string[];
  /** Texts to be found in its narrative, word for word; nothing is asked of a level 1. */
  readonly texts?: readonly string[];
  /** What the subcontractor made, to be found in a level 3. */
  readonly subcontracted?: Subcontracted;
  /** The document must show itself in a browser (DOC/va1.25). Default false. */
  readonly selfPresenting?: boolean;
  /** Ids of rules switched off, e.g. `CDA-HDR-INS-KEY` for published examples whose key is wrong. */
  readonly without?: readonly string[];
}

export interface CdaSubject {
  readonly document: CdaDocument;
  readonly options: CdaOptions;
  /** Encoding of the document, upper case: its mark, or what its XML declaration names; absent when neither says it. */
  readonly declaredEncoding?: string;
}

export type CdaRule = JudgedRule<CdaSubject>;
