import type { TlsPeer } from '#formats/exchange/index.ts';

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
}

export interface InsiOptions {
  /** Largest gap between `Temps` and the arrival. Default 300 s. */
  readonly toleranceSeconds?: number;
  /** What the vendor declared; when present, the request must carry the same. */
  readonly declared?: { readonly idam?: string };
  /** How many times the very same search may be sent before it is called a loop. Default 3. */
  readonly sameSearchLimit?: number;
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
  | { readonly kind: 'fault'; readonly code: string }
  /** No answer, HTML, truncated XML. */
  | { readonly kind: 'unreadable'; readonly code: '' };

export type IdentityStatus = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee';

/** What the product says of a patient; the shape of `readState` of the driver port. */
export interface IdentityState {
  readonly traits: {
    readonly birthName: string;
    readonly firstNames: readonly string[];
    readonly sex: string;
    readonly birthDate: string;
    readonly birthPlace?: string;
  };
  readonly status: IdentityStatus;
  readonly ins?: string;
  readonly oid?: string;
  readonly history: readonly InsNumber[];
}

export interface IdentityContext {
  /** The identity before the call; when given, what had to stay is compared. */
  readonly before?: IdentityState;
  /** Whether an identity document of high confidence was recorded. */
  readonly strongDocument: boolean;
}
