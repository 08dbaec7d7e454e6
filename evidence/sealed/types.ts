/** A file to be sealed. */
export interface SealedEntry {
  /** Relative, `/` between the parts; what every file system takes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex, when known: other bytes stop the sealing. */
  readonly sha256?: string;
  /** Read twice. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** What is said of the whole in the manifest: plain JSON. */
export type About = Readonly<Record<string, unknown>>;

/** Who seals. */
export interface Signer {
  /** SPKI, PEM. */
  readonly publicKey: string;
  /** SHA-256 of the SPKI, lower-case hex. */
  readonly fingerprint: string;
  /** Ed25519 over the bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** Asks an authority when the manifest existed. @returns the RFC 3161 answer, DER @throws {SealError} */
export type Timestamper = (manifest: Uint8Array) => Promise<Uint8Array>;

export interface Seal {
  readonly signer: Signer;
  readonly timestamp?: Timestamper;
}

export interface SealedArchive {
  /** Of the whole file. */
  readonly sha256: string;
  readonly size: number;
  /** Entries, seal files included. */
  readonly files: number;
  readonly fingerprint: string;
}

/** A file of the manifest. */
export interface ManifestFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

export interface SealProblem {
  /** File of the archive; empty for the archive itself. */
  readonly path: string;
  /** French. */
  readonly problem: string;
}

/** Whom the reader trusts; without, a seal only says that nothing changed since somebody sealed it. */
export interface Trust {
  /** Fingerprint of the key (hex, groups and colons allowed) or its PEM. */
  readonly key?: string;
  /** Certificates of time-stamping authorities, PEM. */
  readonly authorities?: readonly string[];
}

export interface Verification {
  readonly valid: boolean;
  readonly problems: readonly SealProblem[];
  readonly files: number;
  readonly about?: About;
  readonly signer?: { readonly fingerprint: string; readonly trusted: boolean };
  readonly timestamp?: { readonly at: string; readonly authority: string; readonly trusted: boolean };
}
