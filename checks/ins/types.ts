import type { TlsPeer } from '#formats/exchange/index.ts';
import type { VerificationNames } from './verification-names.ts';

/** A request to INSi, with what is known of how it came. Absent parts are not judged. */
export interface InsiRequest {
  /** Name shown before the XPath in findings when several requests are judged, e.g. the id of the exchange. */
  readonly label?: string;
  /** Value of the Content-Type header; empty string when it was absent from the request. */
  readonly contentType?: string;
  readonly body: Uint8Array;
  /** Instant of arrival. */
  readonly at?: Date;
  readonly tls?: TlsPeer;
  /** What INSi answered, when it is known: the strategy of the next calls depends on it. */
  readonly answer?: InsiAnswer;
}

export interface InsiOptions {
  /** Largest gap between `Temps` and the arrival. Default 300 s. */
  readonly toleranceSeconds?: number;
  /** What the vendor declared; when present, the request must carry the same. */
  readonly declared?: { readonly idam?: string };
  /** How many times the very same search may be sent before it is called a loop. Default 3. */
  readonly sameSearchLimit?: number;
  /** The way of authenticating that was asked for; the other one is then a finding. */
  readonly authentication?: 'cpx' | 'organisation';
  /** The identities as the product held them before the call: what it sends is compared with them. */
  readonly identities?: readonly SentIdentity[];
  /** What is written on the Vitale card that was read. */
  readonly card?: CardContent;
  /** How many times the bench asked for a search: further calls after an answer 00 are then a fault, not a hint. */
  readonly asked?: number;
  /** Names of the verification operations when they are not those of `operations.json`, which no public source confirms. */
  readonly operations?: readonly InsiOperation[];
  /** Names inside the messages of verification, where they are not those of `operations.json`. */
  readonly verification?: Partial<VerificationNames>;
}

/** An operation of the téléservice: what names it in the header, and the element of its Body. */
export interface InsiOperation {
  readonly kind: 'traits' | 'vitale' | 'verification' | 'verification-masse';
  readonly action: string;
  readonly local: string;
  readonly namespace: string;
}

/** An identity that a call to INSi is about. */
export interface SentIdentity {
  readonly traits: HeldTraits;
  /** Given for a verification. */
  readonly ins?: string;
  readonly oid?: string;
}

/** Content of a Vitale card; the shape of `VitaleCard` of the driver port. */
export interface CardContent {
  readonly bearer?: string;
  readonly holder: string;
  readonly birthName: string;
  readonly birthDate: string;
  readonly birthRank: number;
}

/** Traits as INSi returns them (TIQ), texts as sent; an absent element is an empty string. */
export interface InsiTraits {
  readonly birthName: string;
  /** `Prenom`. */
  readonly firstName: string;
  /** `ListePrenom`, space-separated on the wire. */
  readonly firstNames: string;
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace: string;
}

export interface InsNumber {
  /** Number and key glued; 13 characters when the key is absent. */
  readonly ins: string;
  readonly oid: string;
}

/** What INSi answered. */
export type InsiAnswer =
  | {
      readonly kind: 'found';
      readonly code: '00';
      readonly traits: InsiTraits;
      readonly active: InsNumber;
      readonly history: readonly InsNumber[];
    }
  /** `01` none, `02` several. */
  | { readonly kind: 'none'; readonly code: string }
  /** Answer of a verification, unit or bulk; `code` is `KO` as soon as one identity is. */
  | { readonly kind: 'verified'; readonly code: 'OK' | 'KO'; readonly results: readonly VerificationResult[] }
  | { readonly kind: 'fault'; readonly code: string }
  /** No answer, HTML, truncated XML. */
  | { readonly kind: 'unreadable'; readonly code: '' };

export interface VerificationResult {
  /** `ref` of the verification in a bulk request; absent in a unit one. */
  readonly ref?: string;
  readonly returned: 'OK' | 'KO';
}

/** Traits as the product holds them, and as a PID segment tells them. */
export interface HeldTraits {
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace?: string;
  readonly usedName?: string;
  readonly usedFirstName?: string;
}

export type IdentityStatus = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee';

/** What the product says of a patient; the shape of `readState` of the driver port. */
export interface IdentityState {
  readonly traits: HeldTraits;
  readonly status: IdentityStatus;
  readonly ins?: string;
  readonly oid?: string;
  readonly history: readonly InsNumber[];
  readonly flags?: readonly string[];
  /** Traits that an ordinary user cannot change, and that the screen shows as such. */
  readonly locked?: readonly string[];
}

export interface IdentityContext {
  /** The identity before the call; when given, what had to stay is compared. */
  readonly before?: IdentityState;
  /** Whether an identity document of high confidence was recorded. */
  readonly strongDocument: boolean;
  /** What the product showed to its user: told from nothing, never read. */
  readonly message?: string;
  /** Alerts that it showed, each with the trait that it is about; absent when the product does not give them apart. */
  readonly alerts?: readonly { readonly field: string; readonly message: string }[];
}
