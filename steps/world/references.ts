import type { DatamatrixLayout, ExpectedMention } from '#checks/pdf/index.ts';
import type { Pack } from '#formats/cda-pack/index.ts';

/** What the vendor holds the checks of documents to; without, they say what they did not judge. */
export interface DocumentReferences {
  /** Official CI-SIS pack. */
  readonly pack?: Pack;
  /** Mentions of its reports, in place of those that are shipped. */
  readonly mentions?: readonly ExpectedMention[];
  /** Structure of the INS datamatrix, in place of the one that is shipped. */
  readonly datamatrix?: DatamatrixLayout;
}
