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
  /** Text shown to the user. */
  readonly report: string;
}

/** A request to the FHIR API of the directory, and the Bundle it got. */
export interface FhirCall {
  readonly exchange: HttpExchange;
  /** Number of the exchange among those given, from 1: how a finding names it. */
  readonly place: string;
  readonly url: URL;
  readonly resource: string;
  readonly parameters: URLSearchParams;
  readonly bundle: Bundle | undefined;
}

export interface SearchSubject {
  readonly calls: readonly FhirCall[];
  readonly shown: readonly ShownMailbox[];
}

export interface ImportSubject {
  readonly extractions: readonly Extraction[];
  readonly report: ImportReport;
}

export type SearchRule = JudgedRule<SearchSubject>;
export type ImportRule = JudgedRule<ImportSubject>;
