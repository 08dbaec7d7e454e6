import type { Hl7Fault } from './types.ts';

const START = 0x0b;
const END = 0x1c;
const CR = 0x0d;
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

/** Reassembles MLLP blocks from chunks of any size. */
export function mllpReader(maxBytes: number = MAX_BYTES): MllpReader {
  let pieces: Uint8Array[] | undefined;
  let size = 0;
  return {
    get pending() {
      return pieces !== undefined;
    },
    push(chunk) {
      const messages: Uint8Array[] = [];
      let fault: Hl7Fault | undefined;
      let at = 0;
      while (at < chunk.length) {
        if (pieces === undefined) {
          const start = chunk.indexOf(START, at);
          const stray = chunk.subarray(at, start === -1 ? chunk.length : start);
          // The CR that ends a block, and line ends between blocks, are no content.
          if (stray.some((byte) => byte !== CR && byte !== 0x0a)) {
            fault ??= {
              code: 'MLLP_FRAMING',
              message: 'Des octets ont été reçus hors d’un bloc MLLP (<VT> … <FS><CR>).',
            };
          }
          if (start === -1) break;
          pieces = [];
          size = 0;
          at = start + 1;
        }
        const end = chunk.indexOf(END, at);
        const piece = chunk.subarray(at, end === -1 ? chunk.length : end);
        size += piece.length;
        if (size > maxBytes) {
          fault ??= { code: 'HL7_TOO_LARGE', message: `Un message dépasse ${maxBytes} octets.` };
          pieces = undefined;
        } else pieces.push(piece.slice());
        if (end === -1) break;
        if (pieces !== undefined) messages.push(new Uint8Array(Buffer.concat(pieces)));
        pieces = undefined;
        at = end + 1;
      }
      return { messages, fault };
    },
  };
}
