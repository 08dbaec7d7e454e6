import type { ExchangeInProgress } from '../network/types.ts';
import type { Pki } from '../pki/types.ts';
import type { Population, TestPatient } from '../population/types.ts';
import type { Situation, Situations } from '../situations/types.ts';
import type { DmpMessage } from './message.ts';
import type { RegistryStore } from './registry.ts';
import type { RightsMatrix } from './rights-matrix.ts';
import type { DmpSettings } from './settings.ts';
import type { DmpTransaction } from './situations.ts';
import type { Vihf } from './vihf/read.ts';

/** What the DMP is made of while it runs. */
export interface DmpState {
  readonly settings: DmpSettings;
  readonly registry: RegistryStore;
  readonly rights: RightsMatrix;
  readonly population: Population;
  readonly situations: Situations;
  readonly pki: Pki;
  readonly now: () => Date;
  readonly uuid: () => string;
  /** Rank of the answer, from 0. */
  readonly turn: () => number;
}

/** One call that passed the front end: message read, VIHF believed. */
export interface AnyCall {
  readonly exchange: ExchangeInProgress;
  readonly message: DmpMessage;
  readonly transaction: DmpTransaction;
  readonly vihf: Vihf;
  /** Absent when nobody of the population carries that INS. */
  readonly patient: TestPatient | undefined;
  readonly situation: Situation | undefined;
  readonly state: DmpState;
  /** Notes on the exchange, in French, what was accepted and should not be done. */
  warn(sentence: string): void;
}

/** A call about a patient, whom the VIHF names (resource-id). */
export interface DmpCall extends AnyCall {
  readonly subject: { readonly ins: string; readonly oid: string };
}

/** What goes back on the wire. */
export interface DmpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** French sentence for the journal. */
  readonly said: string;
  readonly wire?: 'reset' | 'truncate';
  readonly delayMs?: number;
}

/** One transaction: where it lives, how it is recognised, what it answers. */
export interface Transaction {
  readonly name: DmpTransaction;
  /** Last segment of the path. */
  readonly service: 'patients' | 'repository' | 'registry' | 'habilitations';
  readonly action: string;
  readonly payload: { readonly local: string; readonly namespace: string };
  answer(call: DmpCall): DmpReply;
}

/** A transaction about nobody in particular: its VIHF may name no patient. */
export interface OpenTransaction extends Omit<Transaction, 'answer'> {
  readonly withoutPatient: true;
  answer(call: AnyCall): DmpReply;
}

export const SOAP_MEDIA_TYPE = 'application/soap+xml; charset=utf-8';
