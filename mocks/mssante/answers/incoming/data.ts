import data from './incoming.json' with { type: 'json' };
import type { IncomingKind } from './types.ts';

export interface Coded {
  readonly code: string;
  readonly label: string;
  readonly system: string;
}

export interface DocumentKind {
  readonly type: Coded;
  readonly class: Coded;
  readonly title: string;
  readonly text: string;
}

/** A result of a structured document. */
export interface StructuredResult {
  readonly code: Coded;
  /** As XML writes a number, with a UCUM unit. */
  readonly value: string;
  readonly unit: string;
  readonly low: string;
  readonly high: string;
  /** As a person reads it. */
  readonly shown: string;
}

interface Kind {
  readonly title: string;
  readonly carries: string;
}

interface Variant {
  readonly title: string;
  /** `archive`: every kind that carries one; otherwise the only kind that has it. */
  readonly of: string;
  readonly otherPatient?: boolean;
}

export const INCOMING = data;
export const INCOMING_KINDS: Readonly<Record<IncomingKind, Kind>> = data.kinds;
export const INCOMING_VARIANTS: Readonly<Record<string, Variant>> = data.variants;
export const DOCUMENT_KINDS: readonly DocumentKind[] = data.documents;

/** Identifiers of the CI-SIS that CDA and metadata share (protocols.md §2.5, annex A.5). */
export const OID = {
  professional: '1.2.250.1.71.4.2.1',
  structure: '1.2.250.1.71.4.2.2',
  sector: '1.2.250.1.71.4.2.4',
  specialty: '1.2.250.1.213.1.1.4.5',
  /** Local identifiers of the correspondents of the bench, under the arc of examples. */
  localPatient: '1.2.250.1.999.2',
  order: '1.2.250.1.999.3',
  source: '1.2.250.1.999.9',
} as const;

/** Variants that a kind can play. */
export function variantsOf(kind: IncomingKind): readonly string[] {
  return Object.entries(INCOMING_VARIANTS).flatMap(([name, { of }]) =>
    of === kind || of === INCOMING_KINDS[kind].carries ? [name] : [],
  );
}
