import type { SunesReport } from '#dsr/sun-es/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';

/** A file that a person dropped on the page. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A choice of a form: what is sent, what is shown. */
export interface ChoiceView {
  readonly value: string;
  readonly label: string;
}

/** What the page of quotes asks for: lists and titles, never rules. */
export interface QuoteFormView {
  readonly kinds: readonly ChoiceView[];
  readonly couloirs: readonly ChoiceView[];
  readonly categories: readonly ChoiceView[];
  readonly payers: readonly ChoiceView[];
  readonly signatures: readonly ChoiceView[];
  /** A line to begin with: the State line, worded as it has to be. */
  readonly stateLabel: string;
  readonly controls: readonly { readonly id: string; readonly title: string }[];
}

/** A finding with the checks that it serves, by number and title. */
export interface QuoteFindingView extends Finding {
  /** What the rule demands. */
  readonly title: string;
  readonly controls: readonly { readonly id: string; readonly title: string }[];
}

export interface QuoteReportView {
  readonly verdict: Verdict;
  /** Documents that were read, e.g. `Devis D-42`. */
  readonly documents: readonly string[];
  readonly findings: readonly QuoteFindingView[];
  /** Editions of the official tables that were used. */
  readonly scales: string;
  readonly calendar: string;
}

export interface SunesErrorView {
  readonly code: string;
  /** Row and column of the user's file, in words. */
  readonly where: string;
  readonly message: string;
  readonly remedy: string;
}

export interface SunesReportView extends SunesReport {
  readonly kept: number;
  readonly rows: number;
  readonly errors: readonly SunesErrorView[];
}

/** What is computed elsewhere than in the tracker: given by who starts the server. */
export interface Calculators {
  quoteForm(): QuoteFormView;
  /** @param document typed on the page, in the form of the published schema */
  checkQuoteTyped(document: unknown): Promise<QuoteReportView>;
  checkQuoteFile(file: UploadedFile): Promise<QuoteReportView>;
  /** A workbook to fill in. */
  quoteTemplate(): Promise<Uint8Array>;
  sunes(file: UploadedFile): Promise<SunesReportView>;
  /** CSV. */
  sunesTemplate(): string;
}
