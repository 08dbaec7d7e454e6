import type { SignatureFault } from '../xmldsig/index.ts';
import type { XmlElement } from '../xml/index.ts';

/** What an assertion says, values trimmed; an absent element or attribute is an empty string. */
export interface SamlAssertion {
  readonly id: string;
  readonly version: string;
  /** As written, normally an ISO 8601 instant in UTC. */
  readonly issueInstant: string;
  readonly issuer: string;
  readonly issuerFormat: string;
  /** Subject/NameID. */
  readonly nameId: string;
  /** Conditions@NotBefore and NotOnOrAfter, as written. */
  readonly notBefore: string;
  readonly notOnOrAfter: string;
  /** AuthnInstant of each AuthnStatement; empty when the assertion authenticates nobody. */
  readonly authnInstants: readonly string[];
  /** Values of AttributeStatement by attribute name. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** The element that was read. */
  readonly element: XmlElement;
}

export interface SamlFault {
  readonly code:
    | SignatureFault['code']
    /** What was signed is another element than the one that stands in the message (signature wrapping). */
    | 'SAML_WRAPPED'
    /** No signature of its own, or several. */
    | 'SAML_SIGNATURE_COUNT';
  /** French sentence. */
  readonly message: string;
}

export type AssertionVerification =
  | {
      readonly ok: true;
      /** Read from the canonical form that was signed: its values may be trusted as far as the certificate is. */
      readonly assertion: SamlAssertion;
      /** DER of the signing certificate; whether it deserves trust is for the caller. */
      readonly certificate: Uint8Array;
      readonly signatureAlgorithm: string;
      readonly digestAlgorithms: readonly string[];
    }
  | { readonly ok: false; readonly fault: SamlFault; readonly certificate?: Uint8Array };
