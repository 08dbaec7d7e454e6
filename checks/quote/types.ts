import type { CivilDate } from '#dsr/dates/index.ts';
import type { Cents } from '#dsr/money/index.ts';
import type { Scales } from '#dsr/scales/index.ts';
import type { Finding, Rule, Verdict } from '#dsr/verdict/index.ts';

/** What is judged: the papers of one sale, from the quote to the request of balance, and the enrolment of the vendor. */
export type DocumentKind = 'quote' | 'order' | 'invoice' | 'advance' | 'balance' | 'enrolment';

/** Who bears a line; `shared`: the State and the client on the same line. */
export type Payer = 'state' | 'client' | 'shared';

/** What a line sells; codes and what follows from each are in `vocabulary.json`. */
export type LineCategory =
  | 'prestation-segur'
  | 'droit-usage'
  | 'installation'
  | 'parametrage'
  | 'qualification'
  | 'maintenance'
  | 'formation'
  | 'documentation'
  | 'suivi-projet'
  | 'rattrapage'
  | 'boites-mssante'
  | 'infrastructure'
  | 'produit-non-reference'
  | 'changement-produit'
  | 'module-option'
  | 'renouvellement'
  | 'autre';

export interface QuoteLine {
  readonly label: string;
  /** Without, the label is read. */
  readonly category?: LineCategory;
  /** Couloirs or codes of DSR, as written: `SGL`, `LOINC-VA1`. */
  readonly dsr?: readonly string[];
  readonly ht?: Cents;
  readonly ttc?: Cents;
  /** In ten-thousandths; 20 % when absent. */
  readonly vatRate?: number;
  readonly payer?: Payer;
  /** Pre-tax part left to the client on this very line. */
  readonly residualHt?: Cents;
  /** On what this line is made to depend. */
  readonly condition?: string;
}

/** How the client signed, as the ASP accepts it (asp-faq). */
export type SignatureKind = 'manuscrite' | 'cpx' | 'pro-sante-connect' | 'rgs' | 'autre';

export interface QuoteAcceptance {
  readonly kind: 'VA' | 'MOM';
  readonly signedOn?: CivilDate;
  readonly mssanteAddress?: string;
  readonly reserves?: 'aucune' | 'non-bloquantes' | 'bloquantes';
  readonly mssDeployment?: string;
}

/** A quote, an order, an invoice, a request, or an enrolment; absent: not known. Its fields are those of the JSON input. */
export interface QuoteDocument {
  readonly kind: DocumentKind;
  readonly number?: string;
  /** Couloir of the lines that name none. */
  readonly couloir?: string;
  /** `1` unless told. */
  readonly wave?: string;
  /** Geographic sites of the instance; those of `sites` when absent. */
  readonly siteCount?: number;
  readonly instance?: string;
  /** FINESS (ET). */
  readonly sites?: readonly string[];
  /** Programme of the ASP: `MS1`, `MS2`… */
  readonly programme?: string;
  readonly lines?: readonly QuoteLine[];
  /** Conditions of sale, as printed. */
  readonly conditions?: readonly string[];
  /** Other sentences printed on it. */
  readonly mentions?: readonly string[];
  readonly signedOn?: CivilDate;
  readonly signature?: SignatureKind;
  readonly referencedOn?: CivilDate;
  readonly sentOn?: CivilDate;
  readonly deemedCompleteOn?: CivilDate;
  readonly advancePeriodEndsOn?: CivilDate;
  /** Whether the version in use was declared obsolete at the referencing: catch-up may then be charged. */
  readonly obsoleteVersionDeclared?: boolean;
  readonly acceptance?: QuoteAcceptance;
  /** Indicator declared in the request of balance (MS1, MS2). */
  readonly mssDeployment?: string;
  /** Amendments of the advance, oldest first. */
  readonly amendments?: readonly { readonly number: string; readonly status: string }[];
  readonly enrolledOn?: CivilDate;
  /** Codes of the pieces of the enrolment. */
  readonly pieces?: readonly string[];
}

/** From a path of the model, such as `/lines/0/ht`, to the place in the user's file. */
export type Locate = (path: string) => string;

/** What the window says of an order, computed elsewhere (`tracker/window`). */
export interface WindowAnswer {
  readonly status: 'eligible' | 'not-eligible' | 'pending';
  readonly daysBeforeCompleteFile: number | null;
  readonly lastDayForCompleteFile: CivilDate | null;
  readonly reasons: readonly string[];
}

/** A document with what its judgement needs. */
export interface QuoteSubject {
  readonly document: QuoteDocument;
  /** Identity when absent: the JSON path itself. */
  readonly locate?: Locate;
  readonly window?: WindowAnswer;
}

export interface QuoteOptions {
  /** What is shipped when absent. */
  readonly scales?: Scales;
  /** Numbers of the checks that are applied, `Q9`…; all when absent. */
  readonly controls?: readonly string[];
}

/** One of the twenty checks. */
export interface QuoteControl {
  readonly id: string;
  /** French. */
  readonly title: string;
  readonly severity: 'error' | 'warning';
  readonly source: string;
  readonly confidence: 'seen' | 'inferred' | 'unknown';
}

export interface QuoteRule extends Rule {
  readonly documents: readonly DocumentKind[];
  readonly expected: string;
  readonly remedy: string;
  /** Says that something could not be judged: the document is then never plainly conforming. */
  readonly unjudged: boolean;
}

export interface QuoteJudgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export type QuoteReading =
  | { readonly ok: true; readonly subjects: readonly QuoteSubject[]; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };
