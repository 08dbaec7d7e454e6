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
   * @returns the messages that are now complete, without framing, and a fault when bytes came outside a frame or a
   *   message outgrew the limit; after a fault the reader waits for the next start of block
   */
  push(chunk: Uint8Array): { readonly messages: readonly Uint8Array[]; readonly fault: Hl7Fault | undefined };
  /** Whether a message has begun and is not finished. */
  readonly pending: boolean;
}

/** Reassembles MLLP blocks from chunks of any size; holds at most twice the largest message allowed. */
export function mllpReader(maxBytes: number = MAX_BYTES): MllpReader {
  let block: ByteBuffer | undefined;
  return {
    get pending() {
      return block !== undefined;
    },
    push(chunk) {
      const messages: Uint8Array[] = [];
      let fault: Hl7Fault | undefined;
      let at = 0;
      while (at < chunk.length) {
        if (block === undefined) {
          const start = chunk.indexOf(START, at);
          const stray = chunk.subarray(at, start === -1 ? chunk.length : start);
          // The CR that ends a block, and line ends between blocks, are no content.
          if (stray.some((byte) => byte !== CR && byte !== LF)) {
            fault ??= {
              code: 'MLLP_FRAMING',
              message: 'Des octets ont été reçus hors d’un bloc MLLP (<VT> … <FS><CR>).',
            };
          }
          if (start === -1) break;
          block = byteBuffer();
          at = start + 1;
        }
        const end = chunk.indexOf(END, at);
        const piece = chunk.subarray(at, end === -1 ? chunk.length : end);
        if (block.size + piece.length > maxBytes) {
          fault ??= { code: 'HL7_TOO_LARGE', message: `Un message dépasse ${maxBytes} octets.` };
          block = undefined;
        } else block.add(piece);
        if (end === -1) break;
        if (block !== undefined) messages.push(block.take());
        block = undefined;
        at = end + 1;
      }
      return { messages, fault };
    },
  };
}

interface ByteBuffer {
  readonly size: number;
  add(piece: Uint8Array): void;
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
    take: () => bytes.slice(0, size),
  };
}
