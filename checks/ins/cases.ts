import type { HeldTraits, IdentityState, InsiAnswer, InsNumber } from './types.ts';

/** A flag was set on an identity (rule 25). */
export interface FlagCase {
  readonly flag: 'douteuse' | 'fictive';
  readonly before: IdentityState;
  readonly after: IdentityState;
}

/** Somebody asked to change traits (rules 26 and 27). */
export interface ChangeCase {
  readonly changes: Partial<HeldTraits>;
  readonly before: IdentityState;
  readonly after: IdentityState;
  /** Whether the product refused, and what it told its user. */
  readonly refused: boolean;
  readonly message: string;
}

/** A verification of an identity that the product holds (rule 49). */
export interface VerificationCase {
  /** `OK`, `KO`, or the code of a fault; empty when INSi did not answer. */
  readonly returned: string;
  readonly before: IdentityState;
  readonly after: IdentityState;
  /** Worklist of the product afterwards; not judged when it is not given. */
  readonly tasks?: readonly Task[];
  readonly patientId?: string;
}

/** The shape of `WorklistTask` of the driver port. */
export interface Task {
  readonly kind: string;
  readonly patientId?: string;
  readonly messageId?: string;
}

/** An identity as another system sent it. */
export interface PartnerIdentity {
  /** OID of the authority of its local identifier (PID-3.4.2). */
  readonly domain: string;
  /** MSH-10. */
  readonly messageId?: string;
  readonly ins?: string;
  readonly oid?: string;
  /** PID-32; `VALI` says qualified. */
  readonly reliability: string;
  readonly traits: HeldTraits;
}

/** What the product did with an identity that came from another identification domain (rules 30, 51, 52, 53, 55). */
export interface PartnerCase {
  readonly sent: PartnerIdentity;
  readonly trustedDomains?: readonly string[];
  /** Whether the structure takes care of the patients itself. Default true. */
  readonly directCare?: boolean;
  /** Answers to the verifications that the product called for because of this message, in order. */
  readonly verifications: readonly InsiAnswer[];
  /** The identity before, when the product knew this person. */
  readonly before?: IdentityState;
  /** The identity afterwards; absent when the product holds none. */
  readonly after?: IdentityState;
  /** Another person that the product knew, who looks like the one received: the record before and afterwards. */
  readonly other?: { readonly before: IdentityState; readonly after: IdentityState };
  readonly tasks?: readonly Task[];
  /** Given when the message carried health data: whether the product filed it in a record by itself. */
  readonly healthDataIntegrated?: boolean;
}

/** What a product that receives its identities did with a feed of its own domain (INS/va1.72, INS/va1.73). */
export interface FeedCase {
  readonly event: 'creation' | 'update' | 'removal';
  readonly sent: PartnerIdentity;
  readonly after?: IdentityState;
}

/** A message that left the product. */
export interface SentMessage {
  /** How a finding names it: file, exchange, channel. */
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** An identity and what left the product about it (rule 28). */
export interface TransmissionCase {
  readonly status: IdentityState['status'];
  /** Every number that the product holds or held for this person. */
  readonly numbers: readonly string[];
  readonly messages: readonly SentMessage[];
}

/** The identity that a document or a message carries (A7, A8). */
export interface CarriedIdentity {
  /** Place in the user's file: channel, file, path. */
  readonly where: string;
  readonly ins?: string;
  /** Left out when this carrier has no place for an OID. */
  readonly oid?: string;
  /** Those that this carrier shows; what it does not show is not judged. */
  readonly traits?: Partial<Omit<HeldTraits, 'firstNames'>> & { readonly firstNames?: readonly string[] };
}

export interface DiffusionCase {
  /** What INSi answered, see `readInsiAnswer`; or what the product holds. */
  readonly active: InsNumber;
  readonly traits: HeldTraits;
  readonly history: readonly InsNumber[];
  readonly carried: readonly CarriedIdentity[];
}

/** A call to INSi that did not give an answer to use (A9, A10). */
export interface FailureCase {
  readonly answer: InsiAnswer;
  readonly before: IdentityState;
  readonly after: IdentityState;
  /** What the product showed to its user. */
  readonly message: string;
  /** Return code that the product says it got, if it says one. */
  readonly returnCode?: string;
  /** Calls that the product's journal shows for this patient; not judged when not given. */
  readonly traces?: readonly CallTrace[];
  /** Whether the local flow went on afterwards (a report validated, an identity document recorded). */
  readonly localFlow?: boolean;
}

/** A call to INSi as the product's journal shows it; the shape of `InsiCallTrace` of the driver port. */
export interface CallTrace {
  readonly at: string;
  readonly user: string;
  readonly operation: string;
  readonly mode?: string;
  readonly returned: string;
  readonly identity?: {
    readonly ins: string;
    readonly oid: string;
    readonly history: readonly InsNumber[];
    readonly traits: Partial<HeldTraits>;
  };
}

/** A call as the bench saw it. */
export interface SeenCall {
  readonly mode: 'traits' | 'vitale' | 'verification' | 'verification-masse';
  readonly answer: InsiAnswer;
  /** Who asked, when the bench chose it. */
  readonly user?: string;
  /** ISO 8601; the trace must be within five minutes of it. */
  readonly at?: string;
}

/** The shape of `IdentityTrace` of the driver port. */
export interface IdentityTrace {
  readonly at: string;
  readonly user: string;
  readonly kind: string;
  readonly detail: string;
  readonly from?: string;
  readonly to?: string;
  readonly partner?: string;
}

/** Something that the bench did, and that the journal must show. */
export interface ExpectedTrace {
  readonly kind: 'creation' | 'consultation' | 'modification' | 'changement-statut' | 'piece' | 'transmission';
  readonly user?: string;
  readonly from?: string;
  readonly to?: string;
  /** Whether the trace must also say what was done, in its detail (rule 16: the type of the modification). */
  readonly what?: boolean;
}
