import type { XmlElement } from '../xml/index.ts';

export interface SignatureFault {
  readonly code:
    /** No `ds:Signature` at the place asked. */
    | 'SIGNATURE_ABSENT'
    /** No readable X509Certificate in KeyInfo. */
    | 'SIGNATURE_CERTIFICATE'
    /** Algorithm, transform or structure that the bench does not verify. */
    | 'SIGNATURE_UNSUPPORTED'
    /** Larger than the bench verifies. */
    | 'SIGNATURE_LIMIT'
    /** What was signed is not what was received, or the key is another. */
    | 'SIGNATURE_INVALID';
  /** French sentence. */
  readonly message: string;
}

export interface VerifiedSignature {
  /** DER of the first X509Certificate of KeyInfo: the one whose key verified the signature. */
  readonly certificate: Uint8Array;
  /** Algorithm URI of SignatureMethod. */
  readonly signatureAlgorithm: string;
  /** Algorithm URIs of the DigestMethods of SignedInfo, in order. */
  readonly digestAlgorithms: readonly string[];
  /**
   * What was really signed, read from its canonical form: the only elements whose values may be trusted
   * (signature wrapping moves the signed element away and puts a forged one in its place).
   */
  readonly signed: readonly XmlElement[];
}

export type SignatureVerification =
  | { readonly ok: true; readonly signature: VerifiedSignature }
  | {
      readonly ok: false;
      readonly fault: SignatureFault;
      /** DER, when KeyInfo could be read. */
      readonly certificate?: Uint8Array;
    };
