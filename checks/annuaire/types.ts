import type { HttpExchange } from '#formats/exchange/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import type { Bundle } from './bundle.ts';
import type { Extraction } from './extraction.ts';

/** A mailbox that the product shows, or writes to. */
export interface ShownMailbox {
  readonly address: string;
}

/** What the product says of its import. */
export interface ImportReport {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly rejected: number;
  /** People that are no longer in the file, when the product counts them apart; else its text says it. */
  readonly left?: number;
  /** Text shown to the user. */
  readonly report: string;
}

/** A patient whose data must not leave for the directory. */
export interface KnownPatient {
  readonly birthName: string;
  /** 15 characters. */
  readonly ins: string;
}

/** A mail of the product to a professional: where it went, and who was meant. */
export interface MailboxUse {
  readonly recipients: readonly string[];
  /** Structure where the professional follows the patient: Struct_IdNat or FINESS. */
  readonly structure?: string;
}

/** A user or a correspondent, as the product shows them once taken from the directory (ANN/va1.02, ANN/va1.03). */
export interface ShownProfessional {
  readonly rpps?: string;
  readonly lastName: string;
  readonly firstName: string;
  /** G15 code. */
  readonly profession?: string;
  readonly mailbox?: string;
  /** The product says that they no longer practise. */
  readonly gone?: boolean;
}

/** How the product plans its loads (ANN/va1.04). Dates in ISO 8601. */
export interface DirectorySchedule {
  readonly everyHours: number;
  readonly lastImport?: string;
  readonly nextImport?: string;
}

/** Any request to the directory, in the order of the journal. */
export interface DirectoryRequest {
  readonly exchange: HttpExchange;
  /** Number of the exchange among those given, from 1: how a finding names it. */
  readonly place: string;
  readonly url: URL;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Milliseconds: first byte of the request, end of the answer. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** A request to the FHIR API of the directory, and the Bundle it got. */
export interface FhirCall extends DirectoryRequest {
  readonly resource: string;
  readonly parameters: URLSearchParams;
  readonly bundle: Bundle | undefined;
}

/** What holds of any call, whatever it was for. */
export interface CallSubject {
  readonly requests: readonly DirectoryRequest[];
  readonly patients: readonly KnownPatient[];
}

export interface SearchSubject extends CallSubject {
  readonly calls: readonly FhirCall[];
  readonly shown: readonly ShownMailbox[];
}

export interface ImportSubject extends CallSubject {
  readonly extractions: readonly Extraction[];
  readonly report: ImportReport;
}

/** What the directory published, call after call and file after file. */
export interface PublishedSubject {
  readonly calls: readonly FhirCall[];
  readonly extractions: readonly Extraction[];
}

export interface UseSubject extends PublishedSubject {
  readonly use: MailboxUse;
}

export interface PersonSubject extends PublishedSubject {
  readonly person: ShownProfessional;
}

export interface ScheduleSubject {
  readonly schedule: DirectorySchedule;
  /** Loads that succeeded, as requests. */
  readonly loads: readonly DirectoryRequest[];
}

export type CallRule = JudgedRule<CallSubject>;
export type SearchRule = JudgedRule<SearchSubject>;
export type ImportRule = JudgedRule<ImportSubject>;
export type UseRule = JudgedRule<UseSubject>;
export type PersonRule = JudgedRule<PersonSubject>;
export type ScheduleRule = JudgedRule<ScheduleSubject>;
