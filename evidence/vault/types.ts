/** A piece in the vault. */
export interface Sealed {
  /** SHA-256 of its bytes, lower-case hex: its name. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes in one piece, or as they come. */
export type Bytes = Uint8Array | AsyncIterable<Uint8Array>;

/** Pieces under the hash of their bytes. */
export interface Vault {
  /**
   * Keeps bytes; the same bytes twice are one piece. Once it answers, nothing that happens to the machine loses them.
   *
   * @throws {VaultError} `VAULT_FULL`, `VAULT_UNWRITABLE`
   */
  put(bytes: Bytes): Promise<Sealed>;
  /** @returns undefined when there is none of that hash */
  stat(sha256: string): Promise<Sealed | undefined>;
  /**
   * Bytes of a piece, as they come; their hash is that of the name, else the reading fails at its end.
   *
   * @throws {VaultError} `VAULT_PIECE_MISSING`, `VAULT_PIECE_ALTERED`
   */
  read(sha256: string): AsyncIterable<Uint8Array>;
  /** Forgets a piece; one that is not there is forgotten already. */
  remove(sha256: string): Promise<void>;
  /** Everything, in the order of the hashes. */
  list(): AsyncIterable<Sealed>;
  /** What is not a piece: left by a writer that was killed. */
  leftovers(): AsyncIterable<Leftover>;
}

export interface Leftover {
  /** As the vault names it, for messages. */
  readonly place: string;
  readonly size: number;
  remove(): Promise<void>;
}
