import type { ForeignIdentifier, IdentityProof, IdentityStatus, Ins, Patient, Traits } from '../model/index.ts';
import type { WorklistTask } from './worklist.ts';

/** What a message from another system says of a person, once read; nothing in it is believed yet. */
export interface IdentityFeed {
  /** `identite`: A01, A04, A05, A08, A28, A31, or the PID of any other message. `retrait-ins`: A47. `fusion`: A40. */
  readonly kind: 'identite' | 'retrait-ins' | 'fusion';
  /** MSH-10. */
  readonly messageId: string;
  /** Who sent it, as the user may read it (MSH-3 and MSH-4). */
  readonly sender: string;
  /** The `PI` repetition of PID-3: its authority is the identification domain of the sender. */
  readonly identifier: ForeignIdentifier;
  /** PID-5, 7, 8, 11 as written; what the message does not say is absent. */
  readonly traits: Partial<Traits>;
  /** PID-32, first value: `VALI`, `PROV`, `RECUP`…; absent when the field is empty. */
  readonly reliability?: string;
  /** The `INS` repetition of PID-3. */
  readonly ins?: Ins;
  /** For `fusion`: the identifier that disappears (MRG-1). For `retrait-ins`: the INS removed, when MRG-1 says it. */
  readonly prior?: ForeignIdentifier;
  readonly removedIns?: Ins;
  /** True when the message carries health data (ORU, MDM…): a KO keeps them out (rule 55). */
  readonly healthData?: boolean;
}

/** What INSi said of the INS received; `indisponible` is a fault, a time-out or an unreadable answer. */
export type FeedVerification = 'OK' | 'KO' | 'indisponible' | 'non-faite';

export interface FeedContext {
  readonly role: 'referentiel' | 'esclave';
  /** OID of our own identification domain. */
  readonly domain: string;
  readonly trustedDomains: readonly string[];
  readonly directCare: boolean;
  /** The identity we hold for this person, when we hold one. */
  readonly known?: Patient | undefined;
  readonly faults: ReadonlySet<string>;
}

export type FeedDecision =
  | {
      action: 'creer' | 'mettre-a-jour';
      traits: Traits;
      ins: Ins | undefined;
      proof: IdentityProof;
      task?: FeedTask;
      message: string;
    }
  | { action: 'fusionner'; message: string }
  /** Nothing is taken from the message. */
  | { action: 'aucune'; task?: FeedTask; message: string }
  /** The message cannot be used at all: a mandatory trait is missing, a date is unreadable. */
  | { action: 'refuser'; message: string };

export type FeedTask = Pick<WorklistTask, 'kind' | 'reason'>;

/** What came of a message, for the acknowledgement. */
export interface FeedOutcome {
  readonly action: FeedDecision['action'];
  /** False only when the message could not be used: the acknowledgement is then AE. */
  readonly accepted: boolean;
  readonly patientId?: string;
  readonly status?: IdentityStatus;
  /** French sentence. */
  readonly message: string;
}
