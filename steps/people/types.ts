import type { TestPatient } from '#mocks/population/index.ts';

export type Choice = (patient: TestPatient) => boolean;

/** A patient that a sentence asks for. */
export interface PatientAsked {
  /** Of the population. */
  readonly situation: string;
  /** Which of its patients suit, when they are of several kinds. */
  readonly suits?: Choice;
}

export type Asked = PatientAsked | 'professionnel';

/** Whom one scenario is about, in the order in which its sentences ask for them. */
export interface Seats {
  /** Keys in the population. */
  readonly patients: readonly string[];
  /** National ids (PS_IdNat). */
  readonly professionals: readonly string[];
}
