/** A message that cannot be taken: becomes an acknowledgement AE or AR with its ERR segment. */
export class Hl7Refusal extends Error {
  readonly ack: 'AE' | 'AR';
  /** HL70357. */
  readonly code: string;
  /** ERR-2: segment, its number, field. */
  readonly location: string;

  constructor(ack: 'AE' | 'AR', code: string, location: string, reason: string) {
    super(reason);
    this.name = 'Hl7Refusal';
    this.ack = ack;
    this.code = code;
    this.location = location;
  }
}

/** `remplace`: given up, because a newer message about the same person got through. */
export type Hl7State = 'en-attente' | 'transmis' | 'refuse' | 'remplace';

/** One message of ours, from its making to its acknowledgement. Neither traits nor numbers are kept here. */
export interface SentMessage {
  /** MSH-10, the same at each try. */
  readonly controlId: string;
  readonly patientId: string;
  /** `ADT^A31`, `ORU^R01`. */
  readonly type: string;
  readonly user: string;
  /** Who it goes to, as the traces name it. */
  readonly partner: string;
  /** Whether the message carries an INS in PID-3 or MRG-1 (rule 31). */
  readonly carriesIns: boolean;
  readonly state: Hl7State;
  /** French sentence: why it waits or was refused. */
  readonly detail: string;
  readonly tries: number;
  readonly at: Date;
}

/** One message received, and what came of it. */
export interface ReceivedMessage {
  readonly controlId: string;
  readonly type: string;
  readonly sender: string;
  readonly ack: 'AA' | 'AE' | 'AR';
  /** French sentence. */
  readonly detail: string;
  /** True when it had been received before: nothing was integrated again. */
  readonly again: boolean;
  readonly patientId?: string;
  readonly at: Date;
}
