export type CertificateUse = 'client' | 'signature';

/** Why a certificate is refused. */
export type CertificateRefusal = 'expired' | 'not-yet-valid' | 'revoked' | 'unknown-authority' | 'wrong-profile';

/** A certificate with its private key, both in memory and on disk. */
export interface Credential {
  readonly name: string;
  /** PEM chain, leaf first. */
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly files: { readonly cert: string; readonly key: string; readonly p12: string };
  readonly passphrase: string;
}

/**
 * The test IGC-Santé: same authority names as the real one prefixed TEST, RSA-2048 / SHA-256, made once per data folder.
 * Source: protocols.md §0.3 (authority and profile names).
 */
export interface Pki {
  /** PEM of the roots to trust; also written to `caFile`. */
  readonly caPem: string;
  readonly caFile: string;
  /** PEM of the root and of both intermediate authorities, for whoever checks a signing certificate sent alone. */
  readonly authoritiesPem: string;
  /** Certificate for the bench's own listeners: localhost, 127.0.0.1, ::1 and the real host names. */
  readonly server: Credential;
  /**
   * Server certificates that a client must refuse: `EXPIRED`, `NOT-YET-VALID`, `REVOKED`, `REVOKED-OCSP`
   * (by the responder only), `OTHER-CA`, `WRONG-HOST`; and `NO-REVOCATION`, whose CRL and OCSP never answer.
   */
  readonly faultyServers: Readonly<Record<string, Credential>>;
  /**
   * Good: `INSI-AUTO`, `INSI-MANU`, `ORG_AUTH_CLI`, `ORG_AUTH_SRV`, `ORG_SIGN`, `CPS-n-AUTH`, `CPS-n-SIGN`. Bad as TLS
   * clients: `EXPIRED`, `NOT-YET-VALID`, `REVOKED`, `OTHER-CA`, `WRONG-PROFILE` (a seal), `WRONG-CN` (refused by INSi
   * only). Bad as signers: `CPS-EXPIRED-SIGN`, `CPS-REVOKED-SIGN`.
   */
  readonly clients: Readonly<Record<string, Credential>>;
  /** DER of the current CRL of `TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS`. */
  readonly crl: Uint8Array;
  /**
   * Judges a client or signing certificate (DER) at a date.
   * @param use when given, the key usages are judged too: `client` (TLS client authentication) or `signature`
   * @returns undefined when it chains to the test IGC-Santé, is in its validity, not revoked and made for that use;
   *   otherwise the reason
   */
  judge(certificate: Uint8Array, at: Date, use?: CertificateUse): CertificateRefusal | undefined;
}
