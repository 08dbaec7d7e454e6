import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import type { DatamatrixLayout, ExpectedMention, PrintedIdentity } from '#checks/pdf/index.ts';
import type { Pack } from '#formats/cda-pack/index.ts';
import type { Declaration } from '#checks/portability/index.ts';
import type { CodeLists } from '#checks/xds/index.ts';
import type { Calendar } from '#dsr/calendar/index.ts';
import type { Scales } from '#dsr/scales/index.ts';
import type { Wave } from '#dsr/rem/index.ts';

/** One element of what `jalon check` prints (DESIGN §4.3). */
export interface CheckedFile {
  readonly file: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}

/** What became of one file; `exitCode` when the file itself could not be had: that is the user's to mend. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** Whether it was read at all; a file that was not is never green. */
  readonly readable: boolean;
  readonly exitCode?: number;
  /** Nothing wrong was seen, but something could not be judged: never plainly conforming. */
  readonly toVerify?: boolean;
}

export interface CheckOptions {
  readonly wave?: Wave;
  /** Source of the mail that the mails judged answer. */
  readonly original?: { readonly messageId: string; readonly references: readonly string[]; readonly subject: string };
  /** Kind of the mailbox that sent them. */
  readonly sender?: 'PER' | 'ORG' | 'APP';
  /** Whether the identity of the patient is qualified in the product. */
  readonly patientQualified?: boolean;
  /** Lists of codes of the user, over those that are shipped. */
  readonly codes?: CodeLists;
  /** Patient of the CDA of the same report. */
  readonly cda?: PrintedIdentity;
  /** Texts that the report must carry, or must not. */
  readonly mentions?: readonly ExpectedMention[];
  /** Structure of the INS datamatrix, in place of the one that is shipped. */
  readonly datamatrix?: DatamatrixLayout;
  /** Official pack that judges CDA documents; whoever opened it closes it. */
  readonly pack?: Pack;
  /** What the documentation of an export lists. */
  readonly declaration?: Declaration;
  /** LOINC codes of the « circuit de la biologie », in its last version. */
  readonly valueSet?: ReadonlySet<string>;
  /** Official figures: what is shipped, when absent. */
  readonly scales?: Scales;
  readonly calendar?: Calendar;
}

/** A kind of file that `jalon check` judges. */
export interface Kind {
  readonly name: string;
  /** French, for the help. */
  readonly title: string;
  /** Options that change what is said. */
  readonly uses?: readonly (keyof CheckOptions)[];
  /** Editions of the official figures that judge, in French, when some do. */
  readonly editions?: (options: CheckOptions) => readonly string[];
  /** One outcome per file, in the order of the files. */
  judge(files: readonly string[], options: CheckOptions): Promise<readonly Outcome[]>;
}
