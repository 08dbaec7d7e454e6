/** A stretch of text of a piece, and the bytes that stand behind it. */
export interface View {
  /** French: where in the piece; empty at its top level. */
  readonly where: string;
  readonly text: string;
  /**
   * Bytes of the holder behind a span of the text; undefined where nothing can be written in their place (the text of a PDF).
   *
   * @param from index in the text @param to excluded
   */
  readonly bytesOf?: (from: number, to: number) => readonly [number, number];
  /** Writes asterisks over bytes of the holder, as its encoding wants them. */
  readonly cover?: (bytes: Buffer, from: number, to: number) => void;
}

/** Where nobody looked, and why. */
export interface Unseen {
  /** French; empty at the top level. */
  readonly where: string;
  /** French. */
  readonly why: string;
}

/** Something that a piece wraps. */
export interface Child {
  readonly where: string;
  readonly bytes: Uint8Array;
  /** As announced by what wraps it; the bytes decide. */
  readonly mediaType: string;
  readonly name: string;
  /**
   * Puts other bytes in its place in those of its holder: of the same length, nothing else moves.
   *
   * @returns the bytes of the holder, which it may change in place
   */
  readonly embed: (holder: Buffer, bytes: Uint8Array) => Buffer;
}

/** A piece as it is read: its own text, and what it wraps. */
export interface Reading {
  readonly views: readonly View[];
  readonly children: readonly Child[];
  readonly unseen: readonly Unseen[];
  /** Makes the holder again from its children, where it is not made of bytes in a row: an archive. */
  readonly assemble?: (children: readonly Uint8Array[]) => Promise<Buffer>;
}

/** What is read of a piece at most; the rest is told as unseen. */
export interface ReadingLimits {
  readonly maxDepth: number;
  /** Bytes that all that is wrapped may come to. */
  readonly maxBytes: number;
  readonly maxParts: number;
}
