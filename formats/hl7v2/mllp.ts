import type { Hl7Fault } from './types.ts';

const START = 0x0b;
const END = 0x1c;
const CR = 0x0d;
const LF = 0x0a;
const MAX_BYTES = 32 * 1024 * 1024;

/** Wraps a message for MLLP: `<VT>` message `<FS><CR>` (HL7 v2 implementation guide, appendix C). */
export function frameMllp(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.byteLength + 3);
  framed[0] = START;
  framed.set(message, 1);
  framed[message.byteLength + 1] = END;
  framed[message.byteLength + 2] = CR;
  return framed;
}

export interface MllpReader {
  /**
   * Takes what a socket gave.
   * @returns the messages that are now complete, without framing; a fault when bytes came outside a frame, a message
   *   outgrew the limit or a block began inside another, with the first bytes of the message given up. After a fault the
   *   reader goes on with the next start of block
   */
  push(chunk: Uint8Array): {
    readonly messages: readonly Uint8Array[];
    readonly fault: Hl7Fault | undefined;
    readonly givenUp?: Uint8Array;
    /** How many of the messages came before the fault; all of them without one. */
    readonly sound: number;
  };
  /** Whether a message has begun and is not finished. */
  readonly pending: boolean;
  /** Bytes kept of the message that has begun. */
  readonly held: number;
  /** Its first bytes: what can be told of it when the end never comes. */
  readonly begun: Uint8Array;
}

/** What is shown of a message that never ended. */
const HEAD_BYTES = 4096;

/** Reassembles MLLP blocks from chunks of any size; holds at most twice the largest message allowed. */
export function mllpReader(maxBytes: number = MAX_BYTES): MllpReader {
  let block: ByteBuffer | undefined;
  const headOf = (of: ByteBuffer, more: Uint8Array = new Uint8Array()): Uint8Array =>
    new Uint8Array(Buffer.concat([of.head(HEAD_BYTES), more.subarray(0, HEAD_BYTES)]).subarray(0, HEAD_BYTES));
  return {
    get pending() {
      return block !== undefined;
    },
    get held() {
      return block?.size ?? 0;
    },
    get begun() {
      return block === undefined ? new Uint8Array() : headOf(block);
    },
    push(chunk) {
      const messages: Uint8Array[] = [];
      let fault: Hl7Fault | undefined;
      let givenUp: Uint8Array | undefined;
      let sound: number | undefined;
      let at = 0;
      const giveUp = (why: Hl7Fault, of: ByteBuffer, piece: Uint8Array): void => {
        if (fault === undefined) givenUp = headOf(of, piece);
        fault ??= why;
        sound ??= messages.length;
        block = undefined;
      };
      while (at < chunk.length) {
        if (block === undefined) {
          const start = chunk.indexOf(START, at);
          const stray = chunk.subarray(at, start === -1 ? chunk.length : start);
          // The CR that ends a block, and line ends between blocks, are no content.
          if (stray.some((byte) => byte !== CR && byte !== LF)) {
            fault ??= OUTSIDE;
            sound ??= messages.length;
          }
          if (start === -1) break;
          block = byteBuffer();
          at = start + 1;
        }
        const end = chunk.indexOf(END, at);
        const piece = chunk.subarray(at, end === -1 ? chunk.length : end);
        const next = piece.indexOf(START);
        if (next !== -1) {
          giveUp(UNENDED, block, piece.subarray(0, next));
          at += next;
          continue;
        }
        if (block.size + piece.length > maxBytes) {
          giveUp({ code: 'HL7_TOO_LARGE', message: `Un message dépasse ${maxBytes} octets.` }, block, piece);
        } else block.add(piece);
        if (end === -1) break;
        if (block !== undefined) messages.push(block.take());
        block = undefined;
        at = end + 1;
      }
      return { messages, fault, sound: sound ?? messages.length, ...(givenUp === undefined ? {} : { givenUp }) };
    },
  };
}

const OUTSIDE: Hl7Fault = {
  code: 'MLLP_FRAMING',
  message: 'Des octets ont été reçus hors d’un bloc MLLP (<VT> … <FS><CR>).',
};

/** The mark that begins a block cannot be content: the end of the one before was forgotten. */
const UNENDED: Hl7Fault = {
  code: 'MLLP_FRAMING',
  message: 'Un bloc MLLP commence avant la fin du précédent : <FS><CR> manque.',
};

interface ByteBuffer {
  readonly size: number;
  add(piece: Uint8Array): void;
  /** Copy of the first bytes. */
  head(length: number): Uint8Array;
  take(): Uint8Array;
}

/** Grows by doubling: a sender that writes byte by byte costs neither an object a byte nor a copy a byte. */
function byteBuffer(): ByteBuffer {
  let bytes = new Uint8Array(1024);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(piece) {
      if (size + piece.length > bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, size + piece.length));
        larger.set(bytes.subarray(0, size));
        bytes = larger;
      }
      bytes.set(piece, size);
      size += piece.length;
    },
    head: (length) => bytes.slice(0, Math.min(size, length)),
    take: () => bytes.slice(0, size),
  };
}
