import type { TlsPeer } from '#formats/exchange/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';

export interface VihfRequest {
  /** The SOAP envelope: HTTP body, or content of the root part of an MTOM package. */
  readonly envelope: Uint8Array;
  /** Instant of arrival; absent, freshness is not judged. */
  readonly at?: Date;
  readonly tls?: TlsPeer;
}

export interface VihfOptions {
  /** Largest gap between IssueInstant and the arrival. Default 300 s. */
  readonly toleranceSeconds?: number;
  /** Patient of the body; `null` when the request is about none. Absent: only the form of resource-id is judged. */
  readonly patient?: { readonly ins: string; readonly oid?: string } | null;
  /** The user who acts in the scenario, by national identifier (PS_IdNat); when given, NameID must be this one. */
  readonly user?: string;
  /** Whether the user asked for a secret connection; absent, only what is sent is told. */
  readonly secretConnection?: boolean;
  /** Values that mean it, when the user knows them: no public source gives one. Default: any. */
  readonly secretValues?: readonly string[];
}

/** What an assertion says, for those who compare it with the rest of the message. */
export interface Vihf {
  /** The assertion itself, or what was signed of it when the signature is right. */
  readonly assertion: XmlElement;
  /** XPath of the assertion in the message. */
  readonly path: string;
  /** Whether the values come from the signed reference. */
  readonly signed: boolean;
  readonly issueInstant: string;
  readonly issuer: string;
  readonly nameId: string;
  /** First value of each attribute, by name as sent. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly structure: string;
  readonly mode: string;
  readonly resourceId: string;
  readonly roles: readonly { readonly code: string; readonly codeSystem: string }[];
}
