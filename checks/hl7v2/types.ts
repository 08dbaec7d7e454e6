import type { Hl7Message } from '#formats/hl7v2/index.ts';
import type { HeldTraits } from '../ins/index.ts';
import type { JudgedRule } from '../rule/index.ts';

/** An identifier of PID-3 or MRG-1. */
export interface PidIdentifier {
  /** XPath-like place, e.g. `PID-3 (2)`. */
  readonly where: string;
  readonly value: string;
  /** Assigning authority: namespace, OID and its type. */
  readonly namespace: string;
  readonly authority: string;
  readonly authorityType: string;
  /** `PI`, `INS`… */
  readonly type: string;
}

/** What a message says of a person. Shaped to be given to `checkPartnerIdentity` and `checkIdentityFeed`. */
export interface MessageIdentity {
  /** OID of the authority of the first local identifier; empty when there is none. */
  readonly domain: string;
  /** MSH-10. */
  readonly messageId: string;
  /** 15 characters; absent when no repetition is an INS. */
  readonly ins?: string;
  readonly oid?: string;
  /** PID-32, first repetition. */
  readonly reliability: string;
  /** Names as sent, unescaped; a birth date that is none, as sent. */
  readonly traits: HeldTraits;
  readonly identifiers: readonly PidIdentifier[];
}

/** The identity that a message must carry: what the product holds. */
export interface ExpectedIdentity {
  readonly traits: HeldTraits;
  readonly ins?: string;
  readonly oid?: string;
}

export interface Hl7Options {
  /** Compared with the PID when given. */
  readonly expected?: ExpectedIdentity;
  /** What the product knows: `false` forbids any INS, `true` demands it; absent, PID-32 alone decides. */
  readonly qualified?: boolean;
  /** Accept the test authorities .4.10 and .4.11. Default true: the bench only knows test identities. */
  readonly allowTestOids?: boolean;
  readonly without?: readonly string[];
}

export interface Hl7Subject {
  readonly message: Hl7Message;
  /** Absent when the message has no PID. */
  readonly identity: MessageIdentity | undefined;
  readonly options: Hl7Options;
}

export type Hl7Rule = JudgedRule<Hl7Subject>;
